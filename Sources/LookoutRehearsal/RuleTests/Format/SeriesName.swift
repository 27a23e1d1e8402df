/// A series as Prometheus writes it: `up{environment="production", probe="frontend"}`.
struct SeriesName: Hashable {
    /// What is wrong with a text, and where in it, in Unicode scalars from 0.
    struct Fault: Error, Hashable {
        var offset: Int
        var message: String
    }

    let metric: String
    private(set) var labels: [String: String] = [:]

    init(_ text: String) throws(Fault) {
        var reader = SeriesNameReader(text)
        reader.skipBlanks()
        metric = reader.name()
        reader.skipBlanks()
        if reader.take("{") {
            while true {
                reader.skipBlanks()
                if reader.take("}") { break }
                let offset = reader.offset
                let name = reader.name()
                guard !name.isEmpty else { throw Fault(offset: offset, message: "a label's name is missing") }
                reader.skipBlanks()
                guard reader.take("=") else {
                    throw Fault(offset: reader.offset, message: "\"=\" is missing")
                }
                reader.skipBlanks()
                guard let value = try reader.string() else {
                    throw Fault(offset: reader.offset, message: "a value in quotes is missing")
                }
                guard labels.updateValue(value, forKey: name) == nil else {
                    throw Fault(offset: offset, message: "the label \"\(name)\" is given twice")
                }
                reader.skipBlanks()
                guard reader.take(",") || reader.isAt("}") else {
                    throw Fault(offset: reader.offset, message: "\",\" or \"}\" is missing")
                }
            }
        }
        reader.skipBlanks()
        guard reader.isAtEnd else {
            throw Fault(offset: reader.offset, message: "the series ends before this")
        }
    }
}

/// Reads the parts of a series' name from left to right.
private struct SeriesNameReader {
    private let scalars: [Unicode.Scalar]
    private(set) var offset = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var isAtEnd: Bool { offset == scalars.count }

    func isAt(_ scalar: Unicode.Scalar) -> Bool {
        offset < scalars.count && scalars[offset] == scalar
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard isAt(scalar) else { return false }
        offset += 1
        return true
    }

    mutating func skipBlanks() {
        while offset < scalars.count, scalars[offset].properties.isWhitespace { offset += 1 }
    }

    /// Letters, digits, `_` and `:`.
    mutating func name() -> String {
        var name = String.UnicodeScalarView()
        while offset < scalars.count, scalars[offset].isASCII,
            scalars[offset].properties.isAlphabetic || ("0"..."9").contains(scalars[offset])
                || scalars[offset] == "_" || scalars[offset] == ":"
        {
            name.append(scalars[offset])
            offset += 1
        }
        return String(name)
    }

    /// A string in double or single quotes, with `\` before what is meant literally; nil if there is none.
    mutating func string() throws(SeriesName.Fault) -> String? {
        let start = offset
        guard let quote = ["\"", "'"].first(where: { isAt($0) }) else { return nil }
        offset += 1
        var text = String.UnicodeScalarView()
        while offset < scalars.count {
            let scalar = scalars[offset]
            offset += 1
            if scalar == quote { return String(text) }
            guard scalar == "\\", offset < scalars.count else {
                text.append(scalar)
                continue
            }
            text.append(scalars[offset] == "n" ? "\n" : scalars[offset])
            offset += 1
        }
        throw SeriesName.Fault(offset: start, message: "the quotes are never closed")
    }
}
