/// Names of labels as Prometheus and Alertmanager take them: letters, digits and underscores, and no digit
/// first.
enum PrometheusNames {
    /// The texts under names that are valid; empty ones, which count as absent there, are left out.
    ///
    /// Names that are valid keep their texts. Of the others each bad character becomes an underscore; where
    /// that is another name already, a number follows, in the order of the names.
    static func valid(_ texts: [String: String]) -> [String: String] {
        var valid = texts.filter { isValid($0.key) && !$0.value.isEmpty }
        let others = texts.filter { !isValid($0.key) && !$0.value.isEmpty }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (name, text) in others {
            let base = mended(name)
            var candidate = base
            var number = 2
            while valid[candidate] != nil {
                candidate = "\(base)_\(number)"
                number += 1
            }
            valid[candidate] = text
        }
        return valid
    }

    private static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy(isNameByte)
    }

    private static func mended(_ name: String) -> String {
        let bytes = name.unicodeScalars.map { scalar in
            scalar.isASCII && isNameByte(UInt8(scalar.value)) ? Character(scalar) : "_"
        }
        let text = String(bytes)
        guard let first = text.utf8.first, !isDigit(first) else { return "_\(text)" }
        return text
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        URLText.isLetterOrDigit(byte) || byte == UInt8(ascii: "_")
    }
}
