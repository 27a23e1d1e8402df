/// A strict reader of the Prometheus text format, version 0.0.4, with the lints of `promtool check metrics`.
///
/// Written after https://prometheus.io/docs/instrumenting/exposition_formats/ and .../practices/naming/.
struct Exposition {
    /// One line of a family: its labels as they were meant, and its value.
    struct Series: Hashable {
        let name: String
        let labels: [String: String]
    }

    private(set) var values: [Series: Double] = [:]
    /// What is wrong, each with its line.
    private(set) var faults: [String] = []
    private var types: [String: String] = [:]
    private var helped: Set<String> = []
    private var ended: Set<String> = []
    private var family: String?

    init(_ text: String) {
        if let last = text.unicodeScalars.last, last != "\n" { faults.append("no line end at the end") }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for (index, line) in lines.enumerated() {
            if let fault = read(String(line)) { faults.append("line \(index + 1): \(fault): \(line)") }
        }
        for name in helped where !values.keys.contains(where: { $0.name == name }) {
            faults.append("\(name) has no sample")
        }
    }

    /// What is wrong with a line; nil if nothing is.
    private mutating func read(_ line: String) -> String? {
        if line.hasPrefix("# HELP ") { return readHelp(line.dropFirst(7)) }
        if line.hasPrefix("# TYPE ") { return readType(line.dropFirst(7)) }
        if line.isEmpty || line.hasPrefix("#") { return "neither help, type nor sample" }
        return readSample(line)
    }

    private mutating func readHelp(_ rest: Substring) -> String? {
        let parts = rest.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, !parts[1].isEmpty else { return "no help text" }
        let name = String(parts[0])
        if let family { ended.insert(family) }
        family = name
        if ended.contains(name) || !helped.insert(name).inserted { return "the family comes twice" }
        return Self.lint(name)
    }

    private mutating func readType(_ rest: Substring) -> String? {
        let parts = rest.split(separator: " ")
        guard parts.count == 2, parts[0] == family.map({ $0[...] }) else {
            return "not the family of the help"
        }
        let (name, type) = (String(parts[0]), String(parts[1]))
        guard type == "counter" || type == "gauge" else { return "unknown type" }
        if types.updateValue(type, forKey: name) != nil { return "the type comes twice" }
        if (type == "counter") != name.hasSuffix("_total") { return "_total is for counters, all of them" }
        return nil
    }

    private mutating func readSample(_ line: String) -> String? {
        var scanner = Scanner(line)
        let name = scanner.take { $0.isLabelCharacter || $0 == ":" }
        guard name == family, let type = types[name] else { return "not of the family above" }
        var labels: [String: String] = [:]
        if scanner.skip("{") {
            repeat {
                let label = scanner.take(while: \.isLabelCharacter)
                guard let first = label.unicodeScalars.first, !("0"..."9").contains(first),
                    !label.hasPrefix("__"), scanner.skip("="), let value = scanner.quoted()
                else { return "a label is wrong" }
                if labels.updateValue(value, forKey: label) != nil { return "\(label) comes twice" }
            } while scanner.skip(",")
            guard scanner.skip("}") else { return "the labels do not end" }
        }
        guard scanner.skip(" "), let value = Double(scanner.rest), !scanner.rest.contains("x") else {
            return "no value"
        }
        if type == "counter", !(value >= 0) { return "a counter below zero" }
        let series = Series(name: name, labels: labels)
        return values.updateValue(value, forKey: series) == nil ? nil : "the series comes twice"
    }

    /// What promtool would say of a name.
    private static func lint(_ name: String) -> String? {
        guard let first = name.unicodeScalars.first, !("0"..."9").contains(first),
            name.unicodeScalars.allSatisfy({ $0.isLabelCharacter && !("A"..."Z").contains($0) })
        else { return "not a name in lower case" }
        let words = Set(name.split(separator: "_"))
        for unit in ["milliseconds", "minutes", "hours", "kilobytes", "percent", "counter", "gauge"]
        where words.contains(Substring(unit)) {
            return "\"\(unit)\" in a name"
        }
        return ["_count", "_sum", "_bucket"].contains { name.hasSuffix($0) } ? "a histogram's suffix" : nil
    }
}

/// Reads a line from left to right.
private struct Scanner {
    private var scalars: Substring.UnicodeScalarView

    init(_ line: String) {
        scalars = line[...].unicodeScalars
    }

    var rest: String { String(scalars) }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard scalars.first == scalar else { return false }
        scalars.removeFirst()
        return true
    }

    mutating func take(while isIncluded: (Unicode.Scalar) -> Bool) -> String {
        let taken = scalars.prefix(while: isIncluded)
        scalars = scalars.dropFirst(taken.count)
        return String(taken)
    }

    /// A value in quotes, its escapes undone; nil for an escape that the format does not know.
    mutating func quoted() -> String? {
        guard skip("\"") else { return nil }
        var value = String.UnicodeScalarView()
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"": return String(value)
            case "\\":
                guard let escaped = scalars.popFirst(), let meant = Self.escapes[escaped] else { return nil }
                value.append(meant)
            default: value.append(scalar)
            }
        }
        return nil
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = ["\\": "\\", "\"": "\"", "n": "\n"]
}

extension Unicode.Scalar {
    fileprivate var isLabelCharacter: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self) || self == "_"
    }
}
