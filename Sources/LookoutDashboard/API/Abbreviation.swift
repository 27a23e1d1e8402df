/// Names by their beginnings, as git takes them.
enum Abbreviation {
    /// The fewest characters that may stand for a name.
    static let leastLength = 4

    /// The one name that begins with a text; a name itself always is.
    static func resolve(_ text: String, among names: [String], _ what: String) throws(Problem) -> String {
        if names.contains(text) { return text }
        guard text.utf8.count >= leastLength else {
            throw .notFound(
                "no \(what) is called \"\(shown(text))\"; give at least \(leastLength) characters"
            )
        }
        let found = names.filter { $0.utf8.starts(with: text.utf8) }
        guard let first = found.first else {
            throw .notFound("there is no \(what) \"\(shown(text))\"; list them to see which there are")
        }
        guard found.count == 1 else {
            throw Problem(
                409,
                "ambiguous",
                "The name is ambiguous",
                "\(found.count) \(what)s begin with \"\(shown(text))\": "
                    + found.sorted().prefix(5).map { String($0.prefix(text.count + 8)) }.joined(
                        separator: ", "
                    )
            )
        }
        return first
    }

    private static func shown(_ text: String) -> String { String(text.prefix(80)) }
}
