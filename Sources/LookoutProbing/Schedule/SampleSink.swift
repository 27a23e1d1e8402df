package import LookoutModel

/// Where samples go when they are made: to the recorder and to the rules.
package protocol SampleSink: Sendable {
    /// Takes a fresh sample, at the time at which its run ended.
    ///
    /// Called once for each run, for one check in the order of its runs, for different checks at
    /// the same time and from any thread. The check runs again only when this has returned; other
    /// checks do not wait for it.
    func receive(_ sample: Sample, of check: Check, at now: Moment) async
}

/// A check and the probe that carries it out.
package struct ScheduledCheck: Sendable {
    package let check: Check
    package let probe: ConfiguredProbe

    package init(_ check: Check, _ probe: ConfiguredProbe) {
        self.check = check
        self.probe = probe
    }
}
