import LookoutModel

/// The name of a branch that git accepts (git-check-ref-format(1), with `--branch`), so that it can be no option.
package struct BranchName: Hashable, Sendable {
    package let text: String

    /// The full name of the ref.
    package var ref: String { "refs/heads/\(text)" }

    /// Throws `refused` for a text that is no name.
    package init(_ text: String) throws(ProviderFailure) {
        guard Self.isValid(text) else { throw Self.refusal(text) }
        self.text = text
    }

    /// What is said of a name that is none.
    package static func refusal(_ text: String) -> ProviderFailure {
        .refused("\"\(PlainText.line(text, atMost: 80))\" is not a name that git allows for a branch")
    }

    /// Whether branches may begin so: `backup/` is no branch, but a beginning of many.
    package static func isPrefix(_ text: String) -> Bool {
        text.isEmpty || isValid(text + "x")
    }

    /// Whether git takes the text for the name of a branch.
    package static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= maximumBytes, text != "HEAD", text != "@" else { return false }
        guard bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: ".") else { return false }
        guard !bytes.contains(where: isForbidden), !text.utf8.contains("..".utf8) else { return false }
        guard !text.utf8.contains("@{".utf8) else { return false }
        return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .allSatisfy(isComponent)
    }

    /// What file systems take as one name, and a lock behind it.
    private static let maximumBytes = 240

    private static func isComponent(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first != nil && bytes.first != UInt8(ascii: ".") && !bytes.reversed().starts(with: lock)
    }

    private static let lock = Array(".lock".utf8.reversed())

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || byte == 0x7f || #"~^:?*[\"#.utf8.contains(byte)
    }
}
