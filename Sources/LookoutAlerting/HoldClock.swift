/// The one rule by which hold times grow, whatever happens to clocks, runs and the program.
///
/// With each judgement a hold grows by the time since the one before, but by no more than two
/// intervals: a suspend or a missed run is not evidence. It grows by nothing with the first
/// judgement after a start, and by nothing across judgements of the other kind, so that "no data"
/// stops the clock of a condition. After a `stop`, when nothing could be said of anything, it grows
/// by nothing with the next judgement, as after a start.
struct HoldClock: Hashable, Sendable {
    private struct Reading: Hashable {
        var monotonic: Duration
        var isConclusive: Bool
    }

    private var last: Reading?

    /// Forgets the last judgement, so that the time until the next one counts for nothing.
    mutating func stop() {
        last = nil
    }

    /// Takes note of a judgement and says by how much a hold grows with it.
    mutating func growth(at monotonic: Duration, isConclusive: Bool, interval: Duration) -> Duration {
        defer { last = Reading(monotonic: monotonic, isConclusive: isConclusive) }
        guard let last, last.isConclusive == isConclusive else { return .zero }
        return max(.zero, min(monotonic - last.monotonic, interval * 2))
    }
}
