package import LookoutModel

/// Stands before the sink of samples: what failed while this machine had no network says nothing about
/// its target.
package struct ConnectivityGate: SampleSink {
    private let watch: ConnectivityWatch
    private let timekeeper: any Timekeeper
    private let sink: any SampleSink

    package init(_ watch: ConnectivityWatch, timekeeper: any Timekeeper, before sink: any SampleSink) {
        self.watch = watch
        self.timekeeper = timekeeper
        self.sink = sink
    }

    package func receive(_ sample: Sample, of check: Check, at now: Moment) async {
        guard let failure = sample.outcome.failure, failure.kind.mayBeOwnNetwork else {
            await sink.receive(sample, of: check, at: now)
            return
        }
        let outage = await watch.outage(since: sample.startedAt)
        var sample = sample
        if let outage { sample.outcome = .inconclusive("\(outage.words); this run: \(failure.message)") }
        // The references took their time to answer.
        await sink.receive(sample, of: check, at: timekeeper.now)
    }
}
