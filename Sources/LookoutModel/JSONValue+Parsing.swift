extension JSONValue {
    /// How deep arrays and objects may be nested where nothing else is asked for.
    package static let defaultMaximumDepth = 128

    /// Parses a JSON text (RFC 8259), strictly: no comments, no trailing commas, no `NaN`.
    ///
    /// Of repeated keys the last wins. Numbers without fraction and exponent that fit are `int`, all
    /// others `double`; one too large for a double is an error. A byte order mark at the beginning
    /// is skipped, as RFC 8259 §8.1 allows and browsers do.
    ///
    /// - Parameters:
    ///   - bytes: the text in UTF-8.
    ///   - maximumDepth: how many arrays and objects may stand inside each other.
    /// - Throws: the first fault and its place.
    package init(
        parsing bytes: [UInt8],
        maximumDepth: Int = JSONValue.defaultMaximumDepth
    ) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        self = try parser.parseText()
    }
}
