package import LookoutModel

/// What the agent knows of itself at one moment.
package struct SelfFacts: Hashable, Sendable {
    /// How a check fares at telling anything at all.
    package struct Pulse: Hashable, Sendable {
        package let check: CheckID
        package let interval: Duration
        /// How long a run may take, all of its attempts together.
        package let longestRun: Duration
        /// When the newest sample came in that said something about the target, on the monotonic clock.
        package var heardAt: Duration?
        /// When that sample was taken.
        package var heard: Timestamp?
        /// How many runs in a row, the newest included, Lookout itself could not carry out.
        package var errors = 0
        /// Why the newest run says nothing; nil if it does.
        package var silence: String?

        package init(check: CheckID, interval: Duration, longestRun: Duration = .zero) {
            self.check = check
            self.interval = interval
            self.longestRun = longestRun
        }
    }

    /// A receiver that does not work as it is configured.
    package struct BrokenReceiver: Hashable, Sendable {
        package var name: String
        package var since: Timestamp
        package var reason: String
        /// Whether an alert of severity 1 exists of which nobody else is told.
        package var isOnlyEar: Bool

        package init(name: String, since: Timestamp, reason: String, isOnlyEar: Bool = false) {
            self.name = name
            self.since = since
            self.reason = reason
            self.isOnlyEar = isOnlyEar
        }
    }

    /// What was given up lately of what a receiver was to be told.
    package struct DeadNotices: Hashable, Sendable {
        package var receiver: String
        package var count: Int
        package var worst: Severity
        package var latest: Timestamp
        /// Why the newest was given up.
        package var reason: String

        package init(receiver: String, count: Int, worst: Severity, latest: Timestamp, reason: String) {
            self.receiver = receiver
            self.count = count
            self.worst = worst
            self.latest = latest
            self.reason = reason
        }
    }

    /// A database, as people know it.
    package enum Database: String, CaseIterable, Hashable, Sendable {
        case alerts
        case history
    }

    /// Many alerts that are told as one.
    package struct Storm: Hashable, Sendable {
        /// What it is a storm of, such as the environment.
        package var labels: Labels
        package var severity: Severity
        package var summary: String
        package var description: String

        package init(labels: Labels, severity: Severity, summary: String, description: String) {
            self.labels = labels
            self.severity = severity
            self.summary = summary
            self.description = description
        }
    }

    /// A rule that cannot be evaluated, in an environment.
    package struct RuleTrouble: Hashable, Sendable {
        package var rule: String
        package var environment: String
        package var reason: String

        package init(rule: String, environment: String, reason: String) {
            self.rule = rule
            self.environment = environment
            self.reason = reason
        }
    }

    package var pulses: [Pulse] = []
    package var ruleTroubles: [RuleTrouble] = []
    package var brokenReceivers: [BrokenReceiver] = []
    package var deadNotices: [DeadNotices] = []
    /// Why the changed configuration was refused; nil if none was.
    package var refusedConfiguration: String?
    /// Since when Lookout has no network, and what tells so; nil if it has one or does not ask.
    package var outage: NetworkOutage?
    /// Why each database cannot be written, of those that cannot.
    package var storageTroubles: [Database: String] = [:]
    package var storms: [Storm] = []

    package init() {}
}
