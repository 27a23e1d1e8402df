import LookoutModel

extension String {
    /// The text short enough for a message, control characters shown as escapes.
    var excerpt: String {
        let limit = 200
        var text = ""
        for scalar in unicodeScalars.prefix(limit) {
            text +=
                scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return unicodeScalars.count > limit ? text + "…" : text
    }
}

extension Duration {
    /// The duration for a message, in seconds to the millisecond: `0.25 s`.
    var seconds: String {
        let milliseconds = (microseconds + 500) / 1000
        let fraction = String(milliseconds % 1000 + 1000).dropFirst()
        let trimmed = fraction.reversed().drop { $0 == "0" }.reversed()
        return "\(milliseconds / 1000)" + (trimmed.isEmpty ? "" : "." + String(trimmed)) + " s"
    }
}
