import LookoutAlerting
import LookoutModel

/// `/api/v1/announcements`: what the team is told of deployments and of the work on incidents.
extension LocalAPI {
    /// Among so many the deployment is looked for that an announcement goes on about.
    private static let searched = 1000

    func announcements(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        guard rest.isEmpty else { throw .notFound("announcements have no parts") }
        try call.allow([.get, .post])
        if call.request.method == .post { return try await announce(call) }
        let limit = try call.number("limit", default: 100, upTo: 10_000)
        let found = try await working { try await control.announcements(limit: limit) }
        return .json(.array(found.reversed().map(\.json)))
    }

    private func announce(_ call: Call) async throws(Problem) -> APIResponse {
        let draft = try await draft(call)
        let receivers = try await working { try await control.announce(draft) }
        return .json(
            [
                "stage": .string(draft.stage.rawValue), "topic": .string(draft.topic.kind),
                "name": .string(draft.topic.name), "told": .array(receivers.map { .string($0) }),
            ],
            status: 201
        )
    }

    private func draft(_ call: Call) async throws(Problem) -> Announcement {
        var document = try call.document()
        let stage = Self.stage(&document)
        let deployment = Self.deployment(&document)
        let incident = document.number("incident")
        let environment = document.text("environment", limit: 256)
        let isEmergency = document.flag("emergency")
        let plannedFor = document.timestamp("planned_for")
        let author = document.text("by", limit: 256) ?? ""
        let remark = document.text("text", limit: 4096) ?? ""
        if author.isEmpty { document.fault("by", "say who announces it") }
        if incident != nil, deployment != nil {
            document.fault("incident", "say `deployment` or `incident`, not both")
        }
        if plannedFor != nil, let stage, stage != .planned {
            document.fault("planned_for", "only what is planned has a time to come")
        }
        try document.finish()
        var announcement = Announcement(
            topic: .deployment(deployment ?? control.now.stamp),
            stage: stage ?? .update,
            environment: environment,
            isEmergency: isEmergency ?? false,
            plannedFor: plannedFor,
            author: author,
            remark: remark,
            at: control.now
        )
        if let incident {
            let (found, _) = try await find(incident: String(incident))
            announcement.topic = .incident(found.number)
            if environment == nil, found.environments.count == 1 {
                announcement.environment = found.environments.first
            }
        } else if let before = try await before(announcement, isNamed: deployment != nil) {
            announcement.topic = before.topic
            announcement.environment = environment ?? before.environment
            announcement.isEmergency = isEmergency ?? before.isEmergency
        }
        return announcement
    }

    /// What was last announced of the same deployment: of that name, or, where none is said, of the only one in
    /// the environment that is not closed.
    ///
    /// Only what is planned, and a start that nobody planned, begin something new.
    private func before(_ announcement: Announcement, isNamed: Bool) async throws(Problem) -> Announcement? {
        guard isNamed || announcement.stage != .planned else { return nil }
        let earlier = try await working { try await control.announcements(limit: Self.searched) }
        if isNamed { return earlier.last { $0.topic == announcement.topic } }
        let open = Self.open(earlier, in: announcement.environment, at: control.now)
        guard open.count < 2 else {
            let names = open.map(\.topic.name).joined(separator: ", ")
            throw Problem(
                409,
                "ambiguous",
                "It is not clear which deployment this is about",
                "say `deployment` (--deployment NAME): \(names) are not closed"
            )
        }
        guard open.isEmpty, announcement.stage != .start else { return open.first }
        throw Problem(
            409,
            "no-deployment",
            "There is nothing to go on about",
            "no deployment is open; say `deployment` (--deployment NAME), or announce its start first"
        )
    }

    /// What was last announced of each deployment that is not closed; what nobody spoke of for a week is
    /// forgotten.
    private static func open(
        _ announcements: [Announcement],
        in environment: String?,
        at now: Timestamp
    ) -> [Announcement] {
        var newest: [Announcement.Topic: Announcement] = [:]
        for announcement in announcements { newest[announcement.topic] = announcement }
        return newest.values
            .filter { announcement in
                guard case .deployment = announcement.topic else { return false }
                return announcement.stage != .close && now - announcement.at < .seconds(7 * 86_400)
                    && (environment == nil || announcement.environment == environment)
            }
            .sorted { ($0.at, $0.topic.name) < ($1.at, $1.topic.name) }
    }

    private static func stage(_ document: inout RequestDocument) -> Announcement.Stage? {
        let stages = Announcement.Stage.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = document.text("stage", limit: 64) else {
            if document.faults.isEmpty { document.fault("stage", "say which step: \(stages)") }
            return nil
        }
        guard let stage = Announcement.Stage(rawValue: text) else {
            return document.refuse("stage", "one of \(stages) is expected")
        }
        return stage
    }

    private static func deployment(_ document: inout RequestDocument) -> String? {
        guard let name = document.text("deployment", limit: 64) else { return nil }
        guard Announcement.Topic.isName(name) else {
            return document.refuse("deployment", "letters, digits, `.`, `_` and `-` are expected")
        }
        return name
    }
}

extension Timestamp {
    /// `20261122-120000`: a name for what nobody named, in UTC, as backup branches have it.
    fileprivate var stamp: String {
        let digits = rfc3339.filter(\.isNumber).prefix(14)
        return "\(digits.prefix(8))-\(digits.suffix(6))"
    }
}
