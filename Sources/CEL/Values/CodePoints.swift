/// A string as an array of code points, for functions that count by them.
struct CodePoints {
    let scalars: [Unicode.Scalar]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var count: Int { scalars.count }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// The offset in code points of an offset in bytes.
    static func offset(ofByte byte: Int, in text: String) -> Int {
        Text.withBytes(text) { bytes in
            var count = 0
            for byte in bytes[..<byte] where byte & 0xC0 != 0x80 { count += 1 }
            return count
        }
    }

    /// The offset in bytes of an offset in code points; nil beyond the end.
    static func byteOffset(of offset: Int, in text: String) -> Int? {
        guard offset >= 0 else { return nil }
        return Text.withBytes(text) { bytes in
            var count = 0
            for (position, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
                if count == offset { return position }
                count += 1
            }
            return count == offset ? bytes.count : nil
        }
    }
}
