import LookoutModel
package import LookoutStatistics

/// One run of a check as a line of JSON.
///
///     {"time": "2026-11-23T20:00:00Z", "check": "production/api", "ok": true, "seconds": 0.123}
///
/// `time` is RFC 3339 or seconds since 1970, `seconds` null or absent where nobody knows how long it took: of
/// a failed run that is a timeout. The order is free and members of other names are left alone, but each of
/// these has its type, and what looks like a misspelt `seconds` is not taken for "unknown".
package struct RunLine: Hashable, Sendable {
    /// What is wrong with a line, for people.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// Bytes of the name of a check.
    private static let longestName = 256
    /// The last second of the year 9999; what is later is most likely in milliseconds.
    private static let latestTime = 253_402_300_799.0

    package let check: String
    package let sample: CheckSample

    package init(check: String, _ sample: CheckSample) {
        self.check = check
        self.sample = sample
    }

    /// The line without its end.
    package var text: String {
        let members: JSONValue = [
            "time": .double(sample.time), "check": .string(check), "ok": .bool(sample.isOK),
            "seconds": sample.seconds.map { $0.isFinite ? .double($0) : .null } ?? .null,
        ]
        return members.jsonText
    }

    /// Reads a line without its end.
    package init(parsing bytes: [UInt8]) throws(Fault) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: bytes, maximumDepth: 16) } catch {
            throw Fault("this is not JSON: \(error)")
        }
        guard case .object(let members) = value else {
            throw Fault("an object such as {\"time\": 0, \"check\": \"api\", \"ok\": true} is expected")
        }
        check = try Self.name(members["check"])
        guard case .bool(let isOK)? = members["ok"] else {
            throw Self.mismatch("ok", members["ok"], "true or false")
        }
        let time = try Self.time(members["time"])
        sample = CheckSample(time: time, isOK: isOK, seconds: try Self.seconds(members))
    }

    private static func name(_ value: JSONValue?) throws(Fault) -> String {
        guard let name = value?.string, (1...longestName).contains(name.utf8.count) else {
            throw mismatch("check", value, "a text of 1 to \(longestName) bytes")
        }
        return name
    }

    private static func time(_ value: JSONValue?) throws(Fault) -> Double {
        if let text = value?.string {
            guard let time = Timestamp(rfc3339: text) else {
                throw mismatch("time", value, "a time such as 2026-11-23T20:00:00Z")
            }
            return Double(time.microseconds) / 1e6
        }
        guard let time = number(value) else {
            throw mismatch("time", value, "RFC 3339, or seconds since 1970")
        }
        guard abs(time) <= latestTime else {
            throw Fault("`time` is beyond the year 9999: seconds are expected, not milliseconds")
        }
        return time
    }

    private static func seconds(_ members: [String: JSONValue]) throws(Fault) -> Double? {
        switch members["seconds"] {
        case .null?: return nil
        case nil:
            let misspelt = members.keys.sorted().first { isLikeSeconds($0) }
            guard let misspelt else { return nil }
            throw Fault(
                "`\(PlainText.line(misspelt, atMost: 40))` is not read: "
                    + "how long the run took is `seconds`, in seconds"
            )
        case .some(let value):
            guard let seconds = number(value), seconds >= 0 else {
                throw mismatch("seconds", value, "a number from 0 on, or null")
            }
            return seconds
        }
    }

    /// Whether somebody may have meant `seconds` by a name.
    private static func isLikeSeconds(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["sec", "second", "duration", "latency", "elapsed", "millis"].contains { name.hasPrefix($0) }
            || name == "ms"
    }

    private static func number(_ value: JSONValue?) -> Double? {
        switch value {
        case .int(let number)?: Double(number)
        case .double(let number)?: number
        default: nil
        }
    }

    private static func mismatch(_ name: String, _ value: JSONValue?, _ expected: String) -> Fault {
        guard let value else { return Fault("`\(name)` is missing: \(expected) is expected") }
        return Fault("`\(name)` is \(PlainText.line(value.jsonText, atMost: 60)): \(expected) is expected")
    }
}
