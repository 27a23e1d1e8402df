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

    package var description: String { text }

    package static func < (left: AlertKey, right: AlertKey) -> Bool {
        left.text < right.text
    }
}
