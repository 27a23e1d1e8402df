package import LookoutModel

/// Stored samples for whoever goes through very many of them, such as a backtest: the port that the
/// SQLite adapter fulfils.
///
/// Nothing is ever changed through it. All methods block the calling thread and throw when the disk
/// does; they may be called from several threads at once.
package protocol SampleArchive: Sendable {
    /// Which checks have samples, and when the oldest and the newest sample of each began.
    func extents() throws -> [CheckID: ClosedRange<Timestamp>]

    /// Hands over every sample of the checks that began in the range, in the order in which the runs
    /// ended, which is that in which the running agent saw them; those of one check as they began.
    ///
    /// `body` gets each with its check's place in `checks`, since finding that out takes longer than reading
    /// a sample. All come from one state of the store, whatever is written meanwhile. What `body` throws
    /// ends the replay and is thrown on.
    func replay(
        _ checks: [CheckID],
        in range: Range<Timestamp>,
        _ body: (Sample, Int) throws -> Void
    ) throws
}

extension Sample {
    /// When the run ended: when the rules judge it.
    package var endedAt: Timestamp { startedAt + timings.total }
}
