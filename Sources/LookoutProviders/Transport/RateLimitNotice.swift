import LookoutHTTP
import LookoutModel

/// What an answer's header lines say about asking again.
///
/// The forms: `Retry-After` in seconds or as a date (RFC 9110), `X-RateLimit-Reset` as a Unix time (Netlify,
/// GitHub), `RateLimit-Reset` in seconds (Render, the IETF draft), `X-Sentry-Rate-Limit-Reset` as a Unix time.
struct RateLimitNotice: Hashable, Sendable {
    /// How long the provider wants to be left alone; nil if it does not say.
    var wait: Duration?
    /// Whether the provider asks by `Retry-After` to be left alone, which no granted request does.
    var isAsking: Bool
    /// Whether a header line says that nothing is left to ask for.
    var isExhausted: Bool

    /// No wait is taken for longer than this; GitHub's window is an hour.
    static let longest = Duration.seconds(2 * 3600)

    init(_ headers: [HeaderField], at now: Timestamp) {
        // A reset is a time on the provider's clock, which its `Date` shows.
        let clock = headers.first(named: "Date").flatMap { RetryAfter.date($0, at: now) } ?? now
        isExhausted = Self.families.contains { family in
            headers.first(named: family + "Remaining").flatMap { Int($0) } == 0
        }
        let asked = headers.first(named: "Retry-After").flatMap { RetryAfter.wait($0, at: clock) }
        isAsking = asked != nil
        let resets = Self.families.filter { family in
            // Where several windows are told of, the one that is used up counts.
            !isExhausted || headers.first(named: family + "Remaining").flatMap { Int($0) } ?? 0 == 0
        }
        let reset = resets.compactMap { family in
            headers.first(named: family + "Reset").flatMap { Self.wait($0, until: clock) }
        }.max()
        wait = (asked ?? reset).map { min($0, Self.longest) }
    }

    private static let families = ["X-RateLimit-", "RateLimit-", "X-Sentry-Rate-Limit-"]

    /// Reads a reset: a small number counts seconds, one that only a calendar has is a Unix time.
    private static func wait(_ value: String, until clock: Timestamp) -> Duration? {
        guard let number = Double(value), number.isFinite, number >= 0, number < 1e12 else { return nil }
        guard number >= 1e9 else { return .seconds(min(number, longest.inSeconds)) }
        let wait = Timestamp(seconds: Int64(number.rounded(.up))) - clock
        return max(.zero, wait)
    }
}
