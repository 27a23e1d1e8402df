/// Text of others in Markdown, where it must show as it is and change nothing around it.
enum MarkdownText {
    /// One line in which nothing is markup, a link or a cell's end.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in oneLine(text).unicodeScalars {
            if "\\`*_{}[]()<>#|~!&".unicodeScalars.contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }

    /// What stands between two backticks in a cell: there is no escape there, so what would end it is replaced.
    static func code(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                oneLine(text).unicodeScalars.map { $0 == "`" ? "'" : $0 == "|" ? "¦" : $0 }
            )
        )
    }

    /// A table of cells that are Markdown already.
    static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        [header, header.map { _ in "---" }].map(line) + rows.map(line)
    }

    private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }
            )
        )
    }
}
