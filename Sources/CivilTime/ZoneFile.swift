/// The changes of a zone's offset, from a TZif file (RFC 8536).
struct ZoneFile: Sendable {
    /// The points in time at which another period begins, and those periods.
    private let transitions: [(from: Int, period: ZonePeriod)]
    /// What holds before the first transition.
    private let first: ZonePeriod
    /// The rule for the time after the last transition.
    private let rule: ZoneRule?

    /// nil for a malformed file; only the 64-bit block of version 2 and later is read.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes[...])
        guard let first = Header(&reader), first.version >= UInt8(ascii: "2"),
            reader.skip(first.length(timeSize: 4)), let header = Header(&reader)
        else { return nil }
        var times: [Int] = []
        for _ in 0..<header.timeCount {
            guard let time = reader.integer(8) else { return nil }
            times.append(time)
        }
        guard let indexes = reader.take(header.timeCount) else { return nil }
        var types: [(offset: Int, name: Int)] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.integer(4), reader.skip(1), let name = reader.take(1)?.first else {
                return nil
            }
            types.append((offset, Int(name)))
        }
        guard let names = reader.take(header.characterCount),
            reader.skip(header.trailerLength(timeSize: 8) - header.characterCount)
        else { return nil }
        let periods = types.map { type in
            let name = names.dropFirst(type.name).prefix { $0 != 0 }
            return ZonePeriod(offset: type.offset, abbreviation: String(decoding: name, as: UTF8.self))
        }
        guard let first = periods.first, indexes.allSatisfy({ Int($0) < periods.count }) else { return nil }
        self.first = first
        transitions = zip(times, indexes).map { ($0, periods[Int($1)]) }
        rule = ZoneRule(footer: reader.bytes)
    }

    /// What holds at a number of seconds since 1970.
    func period(at seconds: Int) -> ZonePeriod {
        guard let last = transitions.last, let begin = transitions.first else {
            return rule?.period(at: seconds) ?? first
        }
        if seconds < begin.from { return first }
        if seconds >= last.from { return rule?.period(at: seconds) ?? last.period }
        var low = 0
        var high = transitions.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if transitions[middle].from <= seconds { low = middle } else { high = middle - 1 }
        }
        return transitions[low].period
    }

    /// The counts at the beginning of a block.
    private struct Header {
        let version: UInt8
        let universalCount: Int
        let standardCount: Int
        let leapCount: Int
        let timeCount: Int
        let typeCount: Int
        let characterCount: Int

        init?(_ reader: inout Reader) {
            guard reader.take(4).map(Array.init) == Array("TZif".utf8), let version = reader.take(1)?.first,
                reader.skip(15), let universal = reader.integer(4), let standard = reader.integer(4),
                let leap = reader.integer(4), let time = reader.integer(4), let type = reader.integer(4),
                let character = reader.integer(4),
                [universal, standard, leap, time, type, character].allSatisfy({ (0...65_536).contains($0) })
            else { return nil }
            self.version = version
            universalCount = universal
            standardCount = standard
            leapCount = leap
            timeCount = time
            typeCount = type
            characterCount = character
        }

        func length(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + trailerLength(timeSize: timeSize)
        }

        /// What follows the descriptions of the offsets: names, leap seconds and indicators.
        func trailerLength(timeSize: Int) -> Int {
            characterCount + leapCount * (timeSize + 4) + standardCount + universalCount
        }
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard bytes.count >= count else { return nil }
            defer { bytes = bytes.dropFirst(count) }
            return bytes.prefix(count)
        }

        mutating func skip(_ count: Int) -> Bool {
            take(count) != nil
        }

        /// A signed number, most significant byte first.
        mutating func integer(_ size: Int) -> Int? {
            guard let bytes = take(size) else { return nil }
            let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return size == 4 ? Int(Int32(truncatingIfNeeded: bits)) : Int(Int64(bitPattern: bits))
        }
    }
}
