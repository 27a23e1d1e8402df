/// Text from outside as it may be stored: of a bounded size and without NUL.
///
/// SQLite ends a text at its first NUL almost everywhere (<https://www.sqlite.org/nulinstr.html>), so
/// NUL becomes U+FFFD, as in CommonMark. A text that is too long is cut between two scalars and ends
/// in an ellipsis.
enum StoredText {
    /// The text as it is to be stored.
    ///
    /// - Parameters:
    ///   - text: What a target or a rule said.
    ///   - limit: How many bytes of UTF-8 may be stored, the ellipsis included.
    /// - Returns: The text itself if it fits and has no NUL.
    static func bounded(_ text: String, to limit: Int) -> String {
        let bytes = text.utf8
        let ellipsis = "…"
        guard bytes.count > limit else { return withoutNUL(text) }
        var end = bytes.index(bytes.startIndex, offsetBy: max(0, limit - ellipsis.utf8.count))
        while end > bytes.startIndex, bytes[end] & 0b1100_0000 == 0b1000_0000 {
            end = bytes.index(before: end)
        }
        return withoutNUL(String(text[..<end])) + ellipsis
    }

    private static func withoutNUL(_ text: String) -> String {
        guard text.utf8.contains(0) else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            clean.append(scalar == "\0" ? "\u{FFFD}" : scalar)
        }
        return String(clean)
    }
}
