/// Why a text is not JSON, and at which byte.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The closed set of reasons.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case endsEarly = "the text ends too early"
        case unexpectedByte = "this byte is not expected here"
        case invalidUTF8 = "the text is not valid UTF-8"
        case invalidEscape = "this escape sequence does not exist"
        case loneSurrogate = "half of a surrogate pair stands alone"
        case controlCharacter = "a control character in a string must be escaped"
        case invalidNumber = "this is not a number"
        case numberOutOfRange = "this number is too large"
        case tooDeep = "the nesting is too deep"
        case trailingText = "there is more text after the value"
    }

    package let reason: Reason
    /// Where the fault stands, in bytes from the beginning of the text.
    package let offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    package var description: String { "\(reason.rawValue) (byte \(offset))" }
}
