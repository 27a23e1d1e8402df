/// Cuts a stream of bytes into lines of bounded length.
package struct LineSplitter: Sendable {
    /// One line of the stream.
    package enum Line: Sendable, Equatable {
        /// Without its end; a carriage return before the line feed belongs to the end.
        case text([UInt8])
        /// A line that was longer than the limit; its text is gone.
        case tooLong
    }

    private let limit: Int
    private var pending: [UInt8] = []
    private var isSkipping = false

    package init(limit: Int) {
        self.limit = limit
    }

    /// The lines that a part of the stream completes.
    package mutating func append(_ bytes: ArraySlice<UInt8>) -> [Line] {
        var lines: [Line] = []
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[..<end])
            lines.append(completeLine())
            rest = rest[(end + 1)...]
        }
        take(rest)
        return lines
    }

    /// The last line, where the stream does not end with a line end.
    package mutating func finish() -> Line? {
        pending.isEmpty && !isSkipping ? nil : completeLine()
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        if isSkipping { return }
        if pending.count + bytes.count > limit {
            isSkipping = true
            pending = []
        } else {
            pending += bytes
        }
    }

    private mutating func completeLine() -> Line {
        defer {
            pending = []
            isSkipping = false
        }
        if isSkipping { return .tooLong }
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        return .text(pending)
    }
}
