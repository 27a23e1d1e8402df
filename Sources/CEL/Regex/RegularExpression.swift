internal import CRE2

/// A compiled RE2 pattern: a search takes time in proportion to the text, whatever the pattern.
package final class RegularExpression: Sendable {
    /// Why a pattern was refused.
    package struct Failure: Error {
        package let message: String
    }

    /// Bytes of a pattern's text.
    static let maximumLength = 4_096
    /// Instructions of a compiled pattern.
    static let maximumSize = 10_000
    /// Bytes that a compiled pattern and its matcher may take.
    private static let maximumMemory: Int64 = 4 << 20

    // The pattern is immutable and RE2 guards its own cache, so threads may share it.
    private nonisolated(unsafe) let handle: OpaquePointer
    /// The number of instructions, a measure of what a search may cost.
    let size: Int

    /// Compiles a pattern of RE2's syntax.
    package init(_ pattern: String) throws(Failure) {
        guard pattern.utf8.count <= Self.maximumLength else {
            throw Failure(
                message: "pattern too long: \(pattern.utf8.count) bytes, limit \(Self.maximumLength)"
            )
        }
        let source = try PatternSyntax.normalized(pattern)
        var error = [CChar](repeating: 0, count: 256)
        let handle = source.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                cre2_compile(
                    characters.baseAddress,
                    characters.count,
                    Self.maximumMemory,
                    &error,
                    error.count
                )
            }
        }
        guard let handle else {
            let reason = String(
                decoding: error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                as: UTF8.self
            )
            throw Failure(message: "error parsing regexp: \(reason)")
        }
        let size = Int(cre2_program_size(handle))
        guard size <= Self.maximumSize else {
            cre2_free(handle)
            throw Failure(message: "pattern too large: \(size) instructions, limit \(Self.maximumSize)")
        }
        self.handle = handle
        self.size = size
    }

    deinit {
        cre2_free(handle)
    }

    /// Whether the pattern occurs anywhere in a text.
    package func isFound(in text: String) -> Bool {
        Text.withBytes(text) { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                cre2_partial_match(handle, characters.baseAddress, characters.count) == 1
            }
        }
    }
}
