package import LookoutModel

/// The key by which values of variables are remembered without being kept.
///
/// The digest of a value is HMAC-SHA-256 over its name and its text: equal values of a variable are known again, and
/// who has the database but not the key can not try values out.
package struct VariableKey: Sendable {
    /// The length of a key in bytes.
    package static let byteCount = 32

    private let bytes: [UInt8]

    /// Nil for a key of another length.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The digest as 64 hexadecimal digits.
    package func digest(of value: Secret, named name: String) -> String {
        // A name has no zero byte, so no two pairs give one message.
        let message = Array(name.utf8) + [0] + Array(value.reveal().utf8)
        return HMACSHA256.code(of: message, key: bytes)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The variables of a place as they may be kept; of a repeated name the last counts.
    package func snapshot(
        of variables: [ProviderVariable],
        at place: VariablePlace,
        on time: Timestamp
    ) -> VariableSnapshot {
        let digests = variables.map { variable in
            (variable.name, variable.value.map { digest(of: $0, named: variable.name) })
        }
        return VariableSnapshot(
            place: place,
            at: time,
            digests: Dictionary(digests, uniquingKeysWith: { _, last in last })
        )
    }
}

extension VariableKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "<key>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
