package import LookoutModel

/// What people are told that is no alert: a step in what a team tells itself about a deployment or an incident.
package struct Announcement: Hashable, Sendable {
    /// The steps of the communication protocol, in their order.
    package enum Stage: String, CaseIterable, Hashable, Sendable {
        /// Something will be deployed.
        case planned
        /// The work begins.
        case start
        /// The issue and its fix are written down where others find them.
        case document
        /// The work is done, and what comes of it is watched.
        case watch
        /// What is known has changed.
        case update
        /// It is over.
        case close
    }

    /// What announcements are about; those about the same belong together.
    package enum Topic: Hashable, Sendable {
        /// A deployment by the name that people gave it: letters, digits, `.`, `_` and `-`, at most 64.
        case deployment(String)
        /// An incident by its number.
        case incident(Int64)
    }

    package var topic: Topic
    package var stage: Stage
    /// Nil for all.
    package var environment: String?
    /// Whether it is done in a hurry, without the steps that an ordinary deployment takes.
    package var isEmergency: Bool
    /// When it is planned to begin.
    package var plannedFor: Timestamp?
    package var author: String
    /// What the author says.
    package var remark: String
    package var at: Timestamp
    /// How people are told; empty until a protocol words it.
    package var wording: Wording

    /// What people read, before any markup.
    package struct Wording: Hashable, Sendable {
        package var title: String
        /// May have several lines.
        package var text: String
        /// What the protocol asks for next; empty if nothing.
        package var next: String

        package init(title: String = "", text: String = "", next: String = "") {
            self.title = title
            self.text = text
            self.next = next
        }
    }

    package init(
        topic: Topic,
        stage: Stage,
        environment: String? = nil,
        isEmergency: Bool = false,
        plannedFor: Timestamp? = nil,
        author: String,
        remark: String = "",
        at time: Timestamp,
        wording: Wording = Wording()
    ) {
        self.topic = topic
        self.stage = stage
        self.environment = environment
        self.isEmergency = isEmergency
        self.plannedFor = plannedFor
        self.author = author
        self.remark = remark
        self.at = time
        self.wording = wording
    }

    /// How urgent it is to tell, among alerts.
    package var urgency: Severity { isEmergency ? .major : .minor }

    /// The labels by which routes find it; an alert has no label `announcement`.
    package var labels: Labels {
        var labels = [
            "announcement": stage.rawValue, "topic": topic.kind, "emergency": isEmergency ? "true" : "false",
        ]
        if let environment { labels["environment"] = environment }
        return Labels(labels)
    }
}

extension Announcement.Topic {
    /// `deployment` or `incident`.
    package var kind: String {
        switch self {
        case .deployment: "deployment"
        case .incident: "incident"
        }
    }

    package var name: String {
        switch self {
        case .deployment(let name): name
        case .incident(let number): String(number)
        }
    }

    /// `deployment-2.0.4`: what keeps the messages about it together, at most 75 bytes of ASCII.
    package var key: String { "\(kind)-\(name)" }

    /// Whether a deployment may have this name.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "._-".utf8.contains(byte)
                }
            }
    }
}
