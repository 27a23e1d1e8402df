/// The text of an expression, indexed by UTF-8 offset.
struct SourceText: Sendable {
    let bytes: [UInt8]
    /// The offsets at which lines begin.
    private let lineStarts: [Int]

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.bytes = bytes
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    func position(of offset: Int) -> TextPosition {
        let line = lineStarts.lastIndex { $0 <= offset } ?? 0
        let codePoints = bytes[lineStarts[line]..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
        return TextPosition(line: line + 1, column: codePoints + 1)
    }

    /// The text of a line (from 1) without its end.
    func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let start = lineStarts[number - 1]
        let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The text between two offsets.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// The line and a row of dots up to the caret; wide code points get full-width marks.
    func excerpt(at position: TextPosition) -> String {
        let line = line(position.line).unicodeScalars.map { $0 == "\t" ? " " : $0 }
        var marks = ""
        for column in 0..<(position.column - 1) {
            marks += column < line.count && !line[column].isASCII ? "\u{FF0E}" : "."
        }
        let column = position.column - 1
        marks += column < line.count && !line[column].isASCII ? "\u{FF3E}" : "^"
        return " | \(String(String.UnicodeScalarView(line)))\n | \(marks)"
    }
}
