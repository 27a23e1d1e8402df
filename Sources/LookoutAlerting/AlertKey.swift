package import LookoutModel

/// The stable name of an alert in databases, logs and addresses: 64 hexadecimal digits.
///
/// It is the SHA-256 of the rule's id and the labels as JSON, labels in order. Severity, texts and
/// hold times are not part of it, so editing them is not a second alert.
package struct AlertKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ id: AlertID) {
        let labels = JSONValue.object(id.labels.dictionary.mapValues { .string($0) })
        text = SHA256.hexDigest(of: Array(JSONValue.array([.string(id.rule), labels]).jsonText.utf8))
    }

    /// Reads the form of `description`; nil for anything else.
    package init?(text: String) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) })
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: AlertKey, right: AlertKey) -> Bool {
        left.text < right.text
    }
}
