internal import Synchronization

/// The zones that times can be read in: fixed offsets and those of the IANA database.
///
/// Zones are read from the system's files when first asked for and then kept.
package final class TimeZones: Sendable {
    package static let shared = TimeZones(folder: "/usr/share/zoneinfo", capacity: 64)

    private let folder: String
    private let capacity: Int
    private let zones = Mutex<[String: CivilZone]>([:])

    /// - Parameters:
    ///   - folder: where the compiled zone files (RFC 8536) lie.
    ///   - capacity: how many zones are kept at most.
    package init(folder: String, capacity: Int) {
        self.folder = folder
        self.capacity = capacity
    }

    /// The zone of a name such as `Europe/Berlin` or `UTC`, or of an offset such as `+05:30`; nil if there is
    /// none.
    package func zone(_ name: String) -> CivilZone? {
        if name == "UTC" { return .utc }
        if Self.isOffset(name) { return CivilZone(offset: name) }
        guard Self.isName(name) else { return nil }
        if let known = zones.withLock({ $0[name] }) { return known }
        guard let bytes = SmallFile.read("\(folder)/\(name)", limit: 1 << 17), let file = ZoneFile(bytes)
        else { return nil }
        let zone = CivilZone(name: name, file: file)
        zones.withLock { zones in
            if zones.count >= capacity { zones.removeAll() }
            zones[name] = zone
        }
        return zone
    }

    /// Seconds east of Greenwich at a number of seconds since 1970; nil for an unknown zone.
    package func offset(of zone: String, at seconds: Int) -> Int? {
        self.zone(zone)?.period(at: seconds).offset
    }

    /// Whether a text is meant as an offset such as `+05:30`, and not as a name.
    package static func isOffset(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: ":"))
    }

    /// Whether a name is safe to look for: letters, digits and `_+-`, in parts divided by slashes.
    private static func isName(_ zone: String) -> Bool {
        zone.utf8.count <= 64
            && zone.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .allSatisfy { part in
                    part.first.map { $0.isLetter || $0 == UInt8(ascii: "_") } == true
                        && part.allSatisfy { $0.isLetter || $0.isDigit || "_+-".utf8.contains($0) }
                }
    }
}
