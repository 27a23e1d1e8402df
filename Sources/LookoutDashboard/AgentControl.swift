package import LookoutAlerting
package import LookoutModel

/// What the local API does with the agent: the port that the daemon fulfils.
///
/// Called from any task, many at a time. What changes something is on the disk when it returns, and has done
/// nothing where it throws.
package protocol AgentControl: StatusSource {
    /// What the wall clock shows.
    var now: Timestamp { get }

    /// Every alert that has a row, the worst first, with what keeps people from being told of it.
    func alerts() async -> [AlertReport]

    /// Notes on a firing alert that somebody takes care of it, or with nil that nobody does any more.
    ///
    /// - Returns: Whether there is such an alert, and it is firing.
    func acknowledge(_ alert: AlertKey, _ word: Alert.Acknowledgement?) async throws -> Bool

    /// All silences and one-off maintenance, those that are over included.
    func silences() async throws -> [Silence]

    /// Adds a silence or replaces the one of the same id, and puts it in force.
    func save(_ silence: Silence) async throws

    /// The maintenance that the configuration plans.
    func maintenanceWindows() async -> [MaintenanceWindowReport]

    /// What incidents are made of, but for the notices, since they are many.
    func records() async throws -> IncidentRecords

    /// The notices from a time on, in the order of the commits.
    func notices(since begin: Timestamp) async throws -> [NoticeRecord]

    /// Adds a note to an incident.
    func add(_ note: IncidentNote) async throws

    /// Tells people what somebody announces.
    ///
    /// - Returns: The names of the receivers that are told.
    func announce(_ announcement: Announcement) async throws -> [String]

    /// What was announced, oldest first; the newest, if that is more than `limit`.
    func announcements(limit: Int) async throws -> [Announcement]

    /// Sends a marked test notice through a receiver; nil if there is no receiver of this name.
    func drill(receiver name: String) async throws -> FireDrillReport?

    /// Compiles a regular expression of a matcher, or throws what is wrong with it.
    func pattern(_ source: String) throws -> TextPattern
}

/// An alert with what keeps people from being told of it.
package struct AlertReport: Hashable, Sendable {
    package var alert: Alert
    package var withheld: Withholding?

    package init(_ alert: Alert, withheld: Withholding? = nil) {
        self.alert = alert
        self.withheld = withheld
    }
}

/// Maintenance that the configuration plans, and whether it is on.
package struct MaintenanceWindowReport: Hashable, Sendable {
    package var name: String
    /// The alerts that it is about, each matcher as written.
    package var matchers: [String]
    package var isInForce: Bool

    package init(name: String, matchers: [String], isInForce: Bool) {
        self.name = name
        self.matchers = matchers
        self.isInForce = isInForce
    }
}

/// What became of a test notice: the verdict, and what went over the wire with the secrets masked.
package struct FireDrillReport: Hashable, Sendable {
    /// One request and its answer.
    package struct Exchange: Hashable, Sendable {
        package var request: String
        package var answer: String

        package init(request: String, answer: String) {
            self.request = request
            self.answer = answer
        }
    }

    package var receiver: String
    package var type: String
    package var isDelivered: Bool
    /// `delivered`, or why not.
    package var verdict: String
    package var exchanges: [Exchange]

    package init(
        receiver: String,
        type: String,
        isDelivered: Bool,
        verdict: String,
        exchanges: [Exchange] = []
    ) {
        self.receiver = receiver
        self.type = type
        self.isDelivered = isDelivered
        self.verdict = verdict
        self.exchanges = exchanges
    }
}
