import CCurl
import Glibc

/// Whether an address is one that the whole internet can reach.
///
/// What is not: this machine, private networks, link-local ones (where clouds keep their metadata),
/// carriers' networks, documentation, multicast and reserved ranges, by the IANA special-purpose
/// registries (RFC 6890 and its updates). Addresses of IPv6 that carry one of IPv4 are judged by that.
enum PublicAddress {
    /// Judges what a socket is about to connect to.
    static func contains(_ address: UnsafePointer<sockaddr>) -> Bool {
        switch Int32(UnsafeRawPointer(address).loadUnaligned(as: sockaddr.self).sa_family) {
        case AF_INET:
            let raw = UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self)
            return contains(version4: UInt32(bigEndian: raw.sin_addr.s_addr))
        case AF_INET6:
            let raw = UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self)
            return contains(version6: withUnsafeBytes(of: raw.sin6_addr) { Array($0) })
        default:
            return false
        }
    }

    /// An address of IPv4 as a number.
    static func contains(version4 address: UInt32) -> Bool {
        !special4.contains { network, length in
            (address ^ network) >> (32 - length) == 0
        }
    }

    /// The 16 bytes of an address of IPv6.
    static func contains(version6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        if let carried = carriedVersion4(bytes) { return contains(version4: carried) }
        // Only 2000::/3 has been given out for global use.
        guard bytes[0] >> 5 == 0b001 else { return false }
        return !special6.contains { prefix, length in hasPrefix(bytes, prefix, length) }
    }

    /// The address of IPv4 in a mapped (RFC 4291), translated (RFC 6052) or 6to4 (RFC 3056) one.
    private static func carriedVersion4(_ bytes: [UInt8]) -> UInt32? {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        let translated: [UInt8] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]
        let start: Int
        if bytes.starts(with: mapped) || bytes.starts(with: translated) {
            start = 12
        } else if bytes.starts(with: [0x20, 0x02]) {
            start = 2
        } else {
            return nil
        }
        return bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func hasPrefix(_ bytes: [UInt8], _ prefix: [UInt8], _ length: Int) -> Bool {
        (0..<length).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            let expected = bit / 8 < prefix.count ? prefix[bit / 8] : 0
            return bytes[bit / 8] & mask == expected & mask
        }
    }

    /// Network and prefix length.
    private static let special4: [(UInt32, UInt32)] = [
        (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16),
        (0xac10_0000, 12), (0xc000_0000, 24), (0xc000_0200, 24), (0xc058_6300, 24), (0xc0a8_0000, 16),
        (0xc612_0000, 15), (0xc633_6400, 24), (0xcb00_7100, 24), (0xe000_0000, 4), (0xf000_0000, 4),
    ]

    /// Within 2000::/3: protocol assignments (Teredo too) and documentation.
    private static let special6: [([UInt8], Int)] = [
        ([0x20, 0x01], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x3f, 0xff], 20),
    ]
}
