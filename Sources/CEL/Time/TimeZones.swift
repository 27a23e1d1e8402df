internal import Synchronization

/// The zones that timestamps can be read in: fixed offsets and those of the IANA database.
///
/// Zones are read from the system's files when first asked for and then kept.
final class TimeZones: Sendable {
    static let shared = TimeZones(folder: "/usr/share/zoneinfo", capacity: 64)

    private let folder: String
    private let capacity: Int
    private let zones = Mutex<[String: ZoneFile]>([:])

    init(folder: String, capacity: Int) {
        self.folder = folder
        self.capacity = capacity
    }

    /// Seconds east of Greenwich at a point in time.
    func offset(of zone: String, at seconds: Int) throws(EvaluationError) -> Int {
        if zone == "UTC" { return 0 }
        if zone.utf8.contains(UInt8(ascii: ":")) { return try Self.fixedOffset(zone) }
        return try file(of: zone).offset(at: seconds)
    }

    /// The seconds of `+hh:mm`, where the sign and a leading zero may be left out.
    private static func fixedOffset(_ zone: String) throws(EvaluationError) -> Int {
        var digits = zone.utf8[...]
        let isWest = digits.first == UInt8(ascii: "-")
        if isWest || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isDigit) }),
            let hours = Int(String(decoding: parts[0], as: UTF8.self)), hours < 24,
            let minutes = Int(String(decoding: parts[1], as: UTF8.self)), minutes < 60
        else {
            throw EvaluationError(.invalidArgument, "invalid time zone offset \(Value.string(zone).summary)")
        }
        return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private func file(of zone: String) throws(EvaluationError) -> ZoneFile {
        let unknown = EvaluationError(.invalidArgument, "unknown time zone \(Value.string(zone).summary)")
        guard Self.isName(zone) else { throw unknown }
        if let known = zones.withLock({ $0[zone] }) { return known }
        guard let bytes = SmallFile.read("\(folder)/\(zone)", limit: 1 << 17), let file = ZoneFile(bytes)
        else {
            throw unknown
        }
        zones.withLock { zones in
            if zones.count >= capacity { zones.removeAll() }
            zones[zone] = file
        }
        return file
    }

    /// Whether a name is safe to look for: letters, digits and `_+-`, in parts divided by slashes.
    private static func isName(_ zone: String) -> Bool {
        zone.utf8.count <= 64
            && zone.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .allSatisfy { part in
                    part.first?.isLetter == true
                        && part.allSatisfy { $0.isLetter || $0.isDigit || "+-".utf8.contains($0) }
                }
    }
}
