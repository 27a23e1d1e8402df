/// The SHA-256 digest of FIPS 180-4, for names that must be stable over years and machines, and for the
/// signatures of what is sent.
///
/// It stands here because the standard library has no digest and a library for a name and a signature
/// would be out of proportion. No step depends on what the bytes are, only on how many.
package enum SHA256 {
    /// The length of a digest in bytes.
    package static let digestBytes = 32
    /// The length of the blocks that the message is cut into.
    package static let blockBytes = 64

    /// The digest of the bytes, as 64 lower-case hexadecimal digits.
    package static func hexDigest(of bytes: [UInt8]) -> String {
        words(of: bytes).map { hex($0) }.joined()
    }

    /// The digest of the bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        words(of: bytes).flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
        }
    }

    private static func words(of bytes: [UInt8]) -> [UInt32] {
        var state: [UInt32] = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
            0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        let message = padded(bytes)
        for block in stride(from: 0, to: message.count, by: 64) {
            compress(message[block..<block + 64], into: &state)
        }
        return state
    }

    /// The message, a one bit, zeros, and the message's length in bits (§5.1.1).
    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        var message = bytes
        message.append(0x80)
        while message.count % 64 != 56 { message.append(0) }
        let bitCount = UInt64(bytes.count) &* 8
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: bitCount >> shift))
        }
        return message
    }

    /// One block of the hash computation (§6.2.2).
    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words = [UInt32](repeating: 0, count: 64)
        for (index, byte) in block.enumerated() {
            words[index / 4] = words[index / 4] << 8 | UInt32(byte)
        }
        for index in 16..<64 {
            let near = words[index - 15]
            let far = words[index - 2]
            let small0 = rotated(near, 7) ^ rotated(near, 18) ^ (near >> 3)
            let small1 = rotated(far, 17) ^ rotated(far, 19) ^ (far >> 10)
            words[index] = words[index - 16] &+ small0 &+ words[index - 7] &+ small1
        }
        var work = state
        for index in 0..<64 {
            // The eight working variables stay where they are; the names move instead.
            let place = { (variable: Int) in (variable - index) & 7 }
            let (early, late) = (work[place(0)], work[place(4)])
            let big1 = rotated(late, 6) ^ rotated(late, 11) ^ rotated(late, 25)
            let choice = (late & work[place(5)]) ^ (~late & work[place(6)])
            let first = work[place(7)] &+ big1 &+ choice &+ roundConstants[index] &+ words[index]
            let big0 = rotated(early, 2) ^ rotated(early, 13) ^ rotated(early, 22)
            let majority =
                (early & work[place(1)]) ^ (early & work[place(2)]) ^ (work[place(1)] & work[place(2)])
            work[place(3)] &+= first
            work[place(7)] = first &+ big0 &+ majority
        }
        for index in state.indices { state[index] &+= work[index] }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    private static func hex(_ word: UInt32) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (§4.2.2).
    private static let roundConstants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
        0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7,
        0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc,
        0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351,
        0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e,
        0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585,
        0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f,
        0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
        0xc671_78f2,
    ]
}
