package import LookoutModel

/// The full name of a git commit: 40 or 64 hexadecimal digits, in lower case.
package struct CommitID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil if the text is no full commit name.
    package init?(_ text: some StringProtocol) {
        let text = text.lowercased()
        let digits = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
        guard digits, text.utf8.count == 40 || text.utf8.count == 64 else { return nil }
        self.text = text
    }

    /// The first seven digits, for people.
    package var short: String { String(text.prefix(7)) }

    package var description: String { text }
}

/// One commit, as a list of changes shows it.
package struct Commit: Hashable, Sendable {
    package var id: CommitID
    package var parents: [CommitID]
    /// The first line of its message; may hold anything that somebody wrote, so it is escaped where it is shown.
    package var subject: String
    package var author: String
    package var at: Timestamp

    package init(_ id: CommitID, parents: [CommitID], subject: String, author: String, at: Timestamp) {
        self.id = id
        self.parents = parents
        self.subject = subject
        self.author = author
        self.at = at
    }
}
