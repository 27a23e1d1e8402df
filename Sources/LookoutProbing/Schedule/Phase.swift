import LookoutModel

/// Where in its interval a check has its place: a stable fraction drawn from its name.
///
/// It is the same on every machine and after every restart, and spreads checks evenly: FNV-1a
/// over the name's UTF-8, then the finalizer of SplitMix64, since the upper bits of FNV-1a alone
/// hardly differ between short names.
struct Phase: Hashable, Sendable {
    private let bits: UInt64

    init(of check: CheckID) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in check.description.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        bits = hash ^ (hash >> 31)
    }

    /// The fraction of a span of time, at least zero and less than the span.
    func offset(in span: Duration) -> Duration {
        .nanoseconds(Int64(bits.multipliedFullWidth(by: UInt64(span.nanoseconds)).high))
    }
}
