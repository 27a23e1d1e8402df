import LookoutModel

/// The fingerprint that Prometheus and Alertmanager give a set of labels: 64-bit FNV-1a over names
/// and values in the order of the names, each ended by the byte 255.
enum LabelFingerprint {
    /// 16 hexadecimal digits.
    static func hexadecimal(of labels: Labels) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for (name, value) in labels.sorted {
            for byte in Array(name.utf8) + [255] + Array(value.utf8) + [255] {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
