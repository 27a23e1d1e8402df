/// The text of a column whose value mostly is that of the row before, such as a version: made anew only
/// where it differs.
struct RepeatedText {
    private var newest = ""

    /// The text with these bytes.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if newest.utf8.count == bytes.count, newest.utf8.elementsEqual(bytes) { return newest }
        newest = String(decoding: bytes, as: UTF8.self)
        return newest
    }
}
