extension Duration: SettingsValue {
    package static var shape: Shape {
        let number = #"[0-9]+(\.[0-9]+)?"#
        return .string(pattern: "^(?=.)" + units.map { "(\(number)\($0.name))?" }.joined() + "$")
    }

    /// Reads `30s`, `5m`, `1h30m`, `250ms`, `14d`.
    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a duration such as 30s") else { return nil }
        guard let duration = Duration(durationText: text) else {
            context.error(
                "\"\(text.shortened)\" is not a duration",
                at: node,
                hint: "write a number and a unit: 250ms, 30s, 5m, 1h30m, 14d"
            )
            return nil
        }
        self = duration
    }

    /// Parses numbers with units `d`, `h`, `m`, `s`, `ms`, the largest first and each at most once.
    ///
    /// Nil for anything else, and for more than 100 years.
    package init?(durationText: String) {
        var milliseconds = 0.0
        var units = Duration.units[...]
        var rest = durationText.utf8[...]
        repeat {
            guard let number = Duration.number(from: &rest) else { return nil }
            let name = rest.prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
            rest = rest.dropFirst(name.count)
            guard let index = units.firstIndex(where: { $0.name.utf8.elementsEqual(name) }) else {
                return nil
            }
            milliseconds += number * Double(units[index].milliseconds)
            units = units[(index + 1)...]
        } while !rest.isEmpty
        guard milliseconds <= 100 * 365 * 86_400_000 else { return nil }
        self = .microseconds(Int64((milliseconds * 1000).rounded()))
    }

    /// Takes digits, and a point and more digits if there are any, from the front.
    private static func number(from rest: inout Substring.UTF8View) -> Double? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        var text = String(decoding: rest.prefix { digits ~= $0 }, as: UTF8.self)
        guard !text.isEmpty else { return nil }
        rest = rest.dropFirst(text.utf8.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = String(decoding: rest.dropFirst().prefix { digits ~= $0 }, as: UTF8.self)
            guard !fraction.isEmpty else { return nil }
            text += "." + fraction
            rest = rest.dropFirst(fraction.utf8.count + 1)
        }
        return Double(text)
    }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// The duration as people write it, in whole milliseconds: `1m30s`.
    package var durationText: String {
        var milliseconds = Int64((self / .milliseconds(1)).rounded())
        if milliseconds == 0 { return "0s" }
        var text = milliseconds < 0 ? "-" : ""
        milliseconds = abs(milliseconds)
        for unit in Duration.units where milliseconds >= unit.milliseconds {
            text += "\(milliseconds / unit.milliseconds)\(unit.name)"
            milliseconds %= unit.milliseconds
        }
        return text
    }
}
