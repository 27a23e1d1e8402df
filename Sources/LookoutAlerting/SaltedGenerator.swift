/// Random numbers of its own for each worker, even if all start from the same seed.
struct SaltedGenerator: RandomNumberGenerator, Sendable {
    private var base: any RandomNumberGenerator & Sendable
    private let salt: UInt64

    /// - Parameters:
    ///   - base: where the numbers come from.
    ///   - name: what tells this generator from others (its FNV-1a hash is the salt).
    init(_ base: any RandomNumberGenerator & Sendable, for name: String) {
        self.base = base
        salt = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    mutating func next() -> UInt64 { base.next() ^ salt }
}
