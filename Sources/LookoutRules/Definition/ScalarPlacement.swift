package import LookoutSettings

/// Where the characters of a YAML scalar stand in the file: an error in an expression is shown at
/// the file's own line and column, whatever quotes, escapes, folds and indents lie between.
package struct ScalarPlacement: Sendable {
    private let lines: [[Unicode.Scalar]]

    /// - Parameter source: the whole text of the file.
    package init(source: String) {
        var lines: [[Unicode.Scalar]] = [[]]
        for scalar in source.unicodeScalars {
            if scalar == "\n" { lines.append([]) } else { lines[lines.count - 1].append(scalar) }
        }
        self.lines = lines.map { $0.last == "\r" ? $0.dropLast() : $0 }
    }

    /// The place of a character of a scalar; the scalar's own if value and file cannot be matched.
    ///
    /// The offset counts Unicode scalars of the scalar's value from 0.
    package func position(of offset: Int, in text: SourceText) -> SourcePosition {
        var reader = Reader(lines: lines, line: text.position.line - 1, column: text.position.column - 1)
        let value = Array(text.text.unicodeScalars)
        guard reader.enter() else { return text.position }
        var index = 0
        while index < min(offset, value.count) {
            guard let taken = reader.take(value[index...]) else { return text.position }
            index += taken
        }
        if index < value.count { reader.skipContinuation() }
        return SourcePosition(file: text.position.file, line: reader.line + 1, column: reader.column + 1)
    }
}

extension ScalarPlacement {
    /// Walks through the file's characters along with the value's.
    private struct Reader {
        private enum Style {
            case unquoted
            case singleQuoted
            case doubleQuoted
        }

        let lines: [[Unicode.Scalar]]
        var line: Int
        var column: Int
        private var style = Style.unquoted

        init(lines: [[Unicode.Scalar]], line: Int, column: Int) {
            self.lines = lines
            self.line = line
            self.column = column
        }

        private func character(ahead: Int = 0) -> Unicode.Scalar? {
            guard lines.indices.contains(line), lines[line].indices.contains(column + ahead) else {
                return nil
            }
            return lines[line][column + ahead]
        }

        /// Goes from the scalar's mark to its first character.
        mutating func enter() -> Bool {
            switch character() {
            case nil: return false
            case "'":
                style = .singleQuoted
                column += 1
            case "\"":
                style = .doubleQuoted
                column += 1
            case "|", ">":
                column = lines[line].count
                skipBlanks()
            default: break
            }
            return true
        }

        /// Steps over the next character of the value.
        ///
        /// - Returns: how many characters of the value were stepped over; nil if the file differs.
        mutating func take(_ value: ArraySlice<Unicode.Scalar>) -> Int? {
            skipContinuation()
            guard let next = value.first else { return nil }
            if Self.isBlank(next), blanksReachLineEnd {
                skipBlanks()
                return value.prefix(while: Self.isBlank).count
            }
            guard let found = character() else { return nil }
            switch (style, found) {
            case (.singleQuoted, "'"):
                column += 2
                return next == "'" ? 1 : nil
            case (.doubleQuoted, "\\"):
                column += escapeLength
                return 1
            default:
                column += 1
                return found == next ? 1 : nil
            }
        }

        /// Steps over `\` at the end of a line of a double-quoted scalar: it stands for nothing.
        mutating func skipContinuation() {
            while style == .doubleQuoted, character() == "\\", column == lines[line].count - 1 {
                column += 1
                skipBlanks()
            }
        }

        private var escapeLength: Int {
            switch character(ahead: 1) {
            case "x": 4
            case "u": 6
            case "U": 10
            default: 2
            }
        }

        /// Whether nothing but blanks is left on the line.
        private var blanksReachLineEnd: Bool {
            guard lines.indices.contains(line), column <= lines[line].count else { return false }
            return lines[line][column...].allSatisfy(Self.isBlank)
        }

        /// Steps over blanks and line ends.
        private mutating func skipBlanks() {
            while lines.indices.contains(line) {
                if let next = character() {
                    guard Self.isBlank(next) else { return }
                    column += 1
                } else {
                    guard line + 1 < lines.count else { return }
                    line += 1
                    column = 0
                }
            }
        }

        private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            scalar == " " || scalar == "\t" || scalar == "\n"
        }
    }
}
