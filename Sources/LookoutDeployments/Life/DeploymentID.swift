/// The name of a deployment: what people gave it, or `20250820-124908`, the time in UTC at which it began.
///
/// Letters, digits, `.`, `_` and `-`, at most 64: it is also the name of its announcements and of its files.
package struct DeploymentID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil if a deployment cannot have this name.
    package init?(_ text: String) {
        let isName =
            (1...64).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "._-".utf8.contains(byte)
                }
            }
        guard isName else { return nil }
        self.text = text
    }

    package var description: String { text }
}

/// What people say of a deployment that they make.
package struct DeploymentIntent: Hashable, Sendable {
    /// Where it goes: `production`.
    package var environment: String
    /// Why it is made; a sentence, or one of the reasons of the workflow.
    package var trigger: String
    package var changes: [String]
    /// Whether it is made in a hurry, with the shortened gate.
    package var isEmergency: Bool
    /// Why it is an emergency; never empty where it is one.
    package var reason: String
    package var author: String

    package init(
        environment: String,
        trigger: String = "",
        changes: [String] = [],
        isEmergency: Bool = false,
        reason: String = "",
        author: String
    ) {
        self.environment = environment
        self.trigger = trigger
        self.changes = changes
        self.isEmergency = isEmergency
        self.reason = reason
        self.author = author
    }
}
