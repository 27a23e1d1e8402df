/// The keyed digest of RFC 2104 over SHA-256.
package enum HMACSHA256 {
    /// The 32 bytes that only who has the key can make of the message.
    package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        let short = key.count > SHA256.blockBytes ? SHA256.digest(of: key) : key
        let block = short + [UInt8](repeating: 0, count: SHA256.blockBytes - short.count)
        let inner = SHA256.digest(of: block.map { $0 ^ 0x36 } + message)
        return SHA256.digest(of: block.map { $0 ^ 0x5c } + inner)
    }
}
