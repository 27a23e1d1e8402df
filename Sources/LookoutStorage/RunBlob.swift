import LookoutModel
import LookoutStatistics

/// The runs of a check as bytes, every number exactly as it was.
///
/// A first byte says the version. Each run is a byte of flags, its time and its duration. What is a whole
/// number of microseconds, as all that was measured is, takes a variable number of bytes (LEB128, the time as
/// the zigzag difference to the run before); everything else takes the eight of its bit pattern.
enum RunBlob {
    private static let version: UInt8 = 1

    private enum Flag {
        static let isOK: UInt8 = 1
        static let hasSeconds: UInt8 = 2
        static let isTimeRaw: UInt8 = 4
        static let areSecondsRaw: UInt8 = 8
    }

    static func bytes(of runs: [CheckSample]) -> [UInt8] {
        var bytes = [version]
        var previous: Int64 = 0
        for run in runs {
            let time = microseconds(run.time)
            let seconds = run.seconds.map { (raw: $0, exact: microseconds($0)) }
            var flags: UInt8 = run.isOK ? Flag.isOK : 0
            if time == nil { flags |= Flag.isTimeRaw }
            if let seconds {
                flags |= seconds.exact == nil ? Flag.hasSeconds | Flag.areSecondsRaw : Flag.hasSeconds
            }
            bytes.append(flags)
            if let time {
                append(zigzag: time &- previous, to: &bytes)
                previous = time
            } else {
                append(run.time.bitPattern, to: &bytes)
            }
            guard let seconds else { continue }
            if let exact = seconds.exact {
                append(zigzag: exact, to: &bytes)
            } else {
                append(seconds.raw.bitPattern, to: &bytes)
            }
        }
        return bytes
    }

    /// Nil if the bytes are not what `bytes(of:)` gives.
    static func runs(of bytes: [UInt8]) -> [CheckSample]? {
        guard bytes.first == version else { return nil }
        var reader = Reader(rest: bytes.dropFirst())
        var runs: [CheckSample] = []
        var previous: Int64 = 0
        while let flags = reader.rest.popFirst() {
            guard let time = reader.number(isRaw: flags & Flag.isTimeRaw != 0, after: &previous) else {
                return nil
            }
            var seconds: Double?
            if flags & Flag.hasSeconds != 0 {
                var zero: Int64 = 0
                seconds = reader.number(isRaw: flags & Flag.areSecondsRaw != 0, after: &zero)
                if seconds == nil { return nil }
            }
            runs.append(CheckSample(time: time, isOK: flags & Flag.isOK != 0, seconds: seconds))
        }
        return runs
    }

    /// The number as whole microseconds; nil if it would not come back as the same bits.
    private static func microseconds(_ number: Double) -> Int64? {
        guard let whole = Int64(exactly: (number * 1_000_000).rounded()) else { return nil }
        return (Double(whole) / 1_000_000).bitPattern == number.bitPattern ? whole : nil
    }

    private static func append(zigzag number: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func append(_ pattern: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
        }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func number(isRaw: Bool, after previous: inout Int64) -> Double? {
            guard isRaw else {
                guard let step = zigzag() else { return nil }
                previous &+= step
                return Double(previous) / 1_000_000
            }
            guard rest.count >= 8 else { return nil }
            var pattern: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                pattern |= UInt64(rest.removeFirst()) << shift
            }
            return Double(bitPattern: pattern)
        }

        private mutating func zigzag() -> Int64? {
            var number: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 7) {
                guard let byte = rest.popFirst() else { return nil }
                number |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1) }
            }
            return nil
        }
    }
}
