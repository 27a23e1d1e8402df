/// A zone: what clocks on its walls show at any time.
///
/// Two zones are equal if they have the same name.
package struct CivilZone: Hashable, Sendable, CustomStringConvertible {
    private enum Source: Sendable {
        case fixed(ZonePeriod)
        case file(ZoneFile)
    }

    package let name: String
    private let source: Source

    package static let utc = CivilZone(fixed: "UTC", offset: 0)

    init(name: String, file: ZoneFile) {
        self.name = name
        source = .file(file)
    }

    /// The zone of `+hh:mm`, where the sign and a leading zero may be left out; nil for anything else.
    init?(offset text: String) {
        var digits = text.utf8[...]
        let isWest = digits.first == UInt8(ascii: "-")
        if isWest || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isDigit) }),
            let hours = Int(String(decoding: parts[0], as: UTF8.self)), hours < 24,
            let minutes = Int(String(decoding: parts[1], as: UTF8.self)), minutes < 60
        else { return nil }
        self.init(fixed: text, offset: (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1))
    }

    private init(fixed name: String, offset: Int) {
        self.name = name
        source = .fixed(ZonePeriod(offset: offset, abbreviation: name))
    }

    /// What holds at a number of seconds since 1970.
    package func period(at seconds: Int) -> ZonePeriod {
        switch source {
        case .fixed(let period): period
        case .file(let file): file.period(at: seconds)
        }
    }

    /// What clocks and calendars show at a number of seconds since 1970.
    package func local(at seconds: Int) -> LocalTime {
        LocalTime(secondsSinceEpoch: seconds, in: period(at: seconds))
    }

    /// The first time at which clocks have come to a second of a day, in seconds since 1970.
    ///
    /// A time of the clock that comes twice is its first coming. One that clocks jump over is the time of the
    /// jump. The second may lie beyond the day.
    package func seconds(of date: CivilDate, secondOfDay: Int) -> Int {
        let wanted = date.daysSinceEpoch * 86_400 + secondOfDay
        if case .fixed(let period) = source { return wanted - period.offset }
        // No zone is further than a day from UTC, nor changes by more than a day at once.
        var begin = wanted - 2 * 86_400
        while true {
            let offset = period(at: begin).offset
            let end = firstChange(in: begin..<wanted + 2 * 86_400)
            guard let end, end + offset <= wanted else { return max(begin, wanted - offset) }
            begin = end
        }
    }

    /// The first time after the beginning of a range at which another period holds; nil if none does.
    package func firstChange(in range: Range<Int>) -> Int? {
        guard case .file = source else { return nil }
        let step = 6 * 3_600
        var before = range.lowerBound
        let period = period(at: before)
        while before < range.upperBound - 1 {
            let after = min(before + step, range.upperBound - 1)
            if self.period(at: after) != period {
                var (low, high) = (before, after)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if self.period(at: middle) == period { low = middle } else { high = middle }
                }
                return high
            }
            before = after
        }
        return nil
    }

    package var description: String { name }

    package static func == (left: CivilZone, right: CivilZone) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
