import GRDB

/// A name that rows are found by, such as a receiver's: stored so that different names stay different.
///
/// GRDB ends a text at its first NUL, which would make one name of two. So NUL is written as `%00` and
/// the percent sign as `%25`; all other names are stored as they are.
struct StoredName: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}

extension StoredName: DatabaseValueConvertible {
    var databaseValue: DatabaseValue {
        guard text.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "%") }) else {
            return text.databaseValue
        }
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": escaped.append(contentsOf: "%00".unicodeScalars)
            case "%": escaped.append(contentsOf: "%25".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped).databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> StoredName? {
        guard let escaped = String.fromDatabaseValue(value) else { return nil }
        guard escaped.utf8.contains(UInt8(ascii: "%")) else { return StoredName(escaped) }
        let parts = escaped.unicodeScalars.split(separator: "%", omittingEmptySubsequences: false)
        var text = String.UnicodeScalarView(parts[0])
        for part in parts.dropFirst() {
            text.append(part.starts(with: "00".unicodeScalars) ? "\0" : "%")
            text.append(contentsOf: part.dropFirst(2))
        }
        return StoredName(String(text))
    }
}
