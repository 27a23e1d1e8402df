package import LookoutDeployments
import LookoutModel

/// Fields that end up in commands and links, so that not every text will do.
extension AnswerObject {
    /// A required id of letters, digits, `-`, `_`, `.` and `:`; it may stand in a command and in a path.
    package func identifier(_ name: String) throws(ProviderFailure) -> String {
        let id = try required(try text(name), name)
        guard Self.isIdentifier(id) else { throw unexpected(name, "is not an id") }
        return id
    }

    /// The same where it may be missing.
    package func optionalIdentifier(_ name: String) throws(ProviderFailure) -> String? {
        self[name] == nil ? nil : try identifier(name)
    }

    /// The full name of a commit; nil where it is something else, such as the name of a branch.
    package func commit(_ name: String) throws(ProviderFailure) -> CommitID? {
        try text(name).flatMap { CommitID($0) }
    }

    /// A web address for people to follow; nil for any other scheme, and where it holds what is not visible.
    package func page(_ name: String) throws(ProviderFailure) -> String? {
        guard let text = try text(name), text.utf8.count <= 2048, PlainText.line(text) == text else {
            return nil
        }
        let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
        return isWeb && !text.contains(where: { $0 == " " || $0 == "\"" || $0 == "<" || $0 == ">" })
            ? text : nil
    }

    /// Words of the provider for people: on one line and bounded; nil where there are none.
    package func words(_ name: String, atMost limit: Int = 300) throws(ProviderFailure) -> String? {
        try text(name).flatMap { $0.isEmpty ? nil : PlainText.line($0, atMost: limit) }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text != "." && text != ".."
            && !text.hasPrefix("-") && text.utf8.allSatisfy(identifierBytes.contains)
    }

    private static let identifierBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:".utf8
    )
}
