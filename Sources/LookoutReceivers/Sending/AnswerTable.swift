import LookoutHTTP
import LookoutModel

/// How the answers of one provider are read: its row in the table of verdicts.
///
/// A receiver declares what is special about its provider; statuses that it says nothing about mean what
/// they mean everywhere (`HTTPVerdict`).
struct AnswerTable: Sendable {
    /// What a fault is about, and so what becomes of the message.
    enum Meaning: String, Hashable, Sendable {
        /// The moment: it is sent again.
        case retry
        /// The settings, or the account at the provider: a person has to mend them.
        case broken
        /// This message: it will never be taken as it is.
        case rejected
    }

    /// That the provider has taken a message.
    struct Acceptance: Hashable, Sendable {
        /// What it calls the message, where later ones can go below it.
        var reference: String?
    }

    /// What the provider says is wrong.
    struct Fault: Hashable, Sendable {
        /// Its word for it, by which `faults` are looked up.
        var word: String
        /// More than the word, for people.
        var explanation: String?
    }

    /// Where the provider says how long it wants to be left alone.
    enum WaitSource: Hashable, Sendable {
        /// A header of RFC 9110 §10.2.3.
        case header(String)
        /// A header with the seconds since 1970 at which a quota is filled up again.
        ///
        /// Providers send it with every answer: it counts where the status is 429, unless the header
        /// `remaining` says that something of the quota is left.
        case quotaHeader(String, remaining: String)
        /// A number of seconds in the JSON body, by its path.
        case body([String])
        /// The same in milliseconds.
        case bodyMilliseconds([String])
        /// It says nothing, but is known to want so much.
        case always(Duration)
    }

    /// The provider's name, for people.
    var provider: String
    /// Whether an answer of class 2xx says that the message was taken; nil if it does not.
    var acceptance: @Sendable (ProviderAnswer) -> Acceptance? = { _ in Acceptance() }
    /// What an answer that took nothing says is wrong; nil if it says nothing that is understood.
    var fault: @Sendable (ProviderAnswer) -> Fault? = { _ in nil }
    /// What the provider's words mean, whatever the status.
    var faults: [String: Meaning] = [:]
    /// What any other word in an answer of class 2xx means.
    var otherFault = Meaning.rejected
    /// Statuses that mean something else here than they do elsewhere.
    var statuses: [Int: Meaning] = [:]
    /// The first of these that the answer has counts, on a retry.
    var waits: [WaitSource] = [.header("Retry-After")]
}

extension AnswerTable.WaitSource {
    /// The wait that an answer asks for; nil if it does not.
    func wait(_ answer: ProviderAnswer, at now: Timestamp) -> Duration? {
        switch self {
        case .header(let name):
            return answer.header(name).flatMap { RetryAfter.wait($0, at: now) }
        case .quotaHeader(let name, let remaining):
            guard answer.status == 429, (answer.header(remaining) ?? "0") == "0",
                let text = answer.header(name), let seconds = Int64(text),
                (0...253_402_300_799).contains(seconds)
            else { return nil }
            return max(.zero, Timestamp(seconds: seconds) - now)
        case .body(let path):
            switch path.reduce(answer.json, { $0?[$1] }) {
            case .int(let seconds)? where seconds >= 0:
                return .seconds(min(seconds, RetryAfter.longest))
            case .double(let seconds)? where seconds >= 0:
                return .seconds(min(seconds, Double(RetryAfter.longest)))
            default:
                return nil
            }
        case .bodyMilliseconds(let path):
            guard case .int(let wait)? = path.reduce(answer.json, { $0?[$1] }), wait >= 0 else { return nil }
            return .milliseconds(min(wait, RetryAfter.longest * 1000))
        case .always(let duration):
            return duration
        }
    }
}
