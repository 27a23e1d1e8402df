import LookoutAlerting
import LookoutModel
import LookoutSettings

/// All that a test says will come about.
struct RuleTestExpectations: Sendable {
    var alerts: [AlertExpectation] = []
    var states: [StateExpectation] = []
    /// Nil if the test does not say who is told what.
    var notifications: NotificationExpectations?
    var errors: [ErrorExpectation] = []
    var expressions: [ExpressionExpectation] = []

    /// The latest time that anything is expected at.
    var end: Duration {
        let times =
            alerts.map(\.time) + states.map(\.time) + expressions.map(\.time)
            + (notifications?.all ?? []).compactMap(\.times?.upperBound)
            + errors.compactMap(\.times?.upperBound)
        return times.max() ?? .zero
    }
}

/// All alerts of a rule at a time.
struct AlertExpectation: Sendable {
    let time: Duration
    let rule: String
    let alerts: [ExpectedAlert]
    let position: SourcePosition
}

/// One alert that is expected; what is nil may be anything.
struct ExpectedAlert: Sendable {
    /// Which check or environment.
    var subject: Labels?
    /// Nil for firing and recovering, which Prometheus does not tell apart.
    var state: Alert.State?
    var severity: Severity?
    var labels: Labels?
    var annotations: [String: String]?
    var summary: String?
    var description: String?
    var runbook: String?
    var suggestion: Suggestion?
    var acknowledgedBy: String?
    var position: SourcePosition
}

/// One alert of a rule and its state at a time.
struct StateExpectation: Sendable {
    let time: Duration
    let rule: String
    let subject: Labels?
    let state: AlertStateWord
    let severity: Severity?
    let position: SourcePosition
}

/// All that receivers get in a test.
struct NotificationExpectations: Sendable {
    let all: [NotificationExpectation]
    let position: SourcePosition
}

/// Something that a receiver gets; what is nil may be anything.
struct NotificationExpectation: Sendable {
    var receiver: String
    var kind: Notice.Kind
    var times: ClosedRange<Duration>?
    var rule: String?
    var subject: Labels?
    var severity: Severity?
    var labels: Labels?
    var summary: String?
    var attempts: Int?
    var position: SourcePosition
}

/// An error of a rule that comes.
struct ErrorExpectation: Sendable {
    var rule: String
    var subject: Labels?
    var times: ClosedRange<Duration>?
    var contains: String?
    var position: SourcePosition
}

/// The value of an expression.
struct ExpressionExpectation: Sendable {
    enum Vocabulary: Sendable {
        /// A rule's, about a check.
        case check(CheckID)
        case variables([String: JSONValue])
    }

    enum Result: Sendable {
        case value(JSONValue)
        /// A part of the error's message.
        case error(String)
    }

    var expression: String
    var vocabulary: Vocabulary
    var time: Duration
    var result: Result
    var position: SourcePosition
}
