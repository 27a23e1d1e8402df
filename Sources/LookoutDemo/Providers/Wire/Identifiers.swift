/// Names that look like a provider's own and are the same in every run.
struct Identifiers: Hashable, Sendable {
    private var state: UInt64

    init(seed: String) {
        // FNV-1a, so that equal words give equal names.
        state = seed.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func text(_ count: Int, of alphabet: String) -> String {
        let letters = Array(alphabet)
        return String((0..<count).map { _ in letters[Int(next() % UInt64(letters.count))] })
    }

    mutating func hexadecimal(_ count: Int) -> String { text(count, of: "0123456789abcdef") }

    /// What Render puts behind `dep-` and `srv-`.
    mutating func letters(_ count: Int) -> String { text(count, of: "0123456789abcdefghijklmnopqrstuv") }

    mutating func uuid() -> String {
        [8, 4, 4, 4, 12].map { hexadecimal($0) }.joined(separator: "-")
    }

    /// The full name of a commit with this content.
    static func commit(_ content: String) -> String {
        var identifiers = Identifiers(seed: content)
        return identifiers.hexadecimal(40)
    }
}
