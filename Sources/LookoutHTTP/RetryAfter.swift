package import LookoutModel

/// The value of a `Retry-After` header (RFC 9110 §10.2.3): seconds, or one of the three forms of an
/// HTTP date (§5.6.7).
package enum RetryAfter {
    /// More seconds than a century has are as good as a century.
    package static let longest: Int64 = 3_155_760_000

    /// How long to wait; nil for a value that means nothing.
    ///
    /// A date that has passed is no wait.
    package static func wait(_ value: String, at now: Timestamp) -> Duration? {
        let text = value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return .seconds(min(Int64(text) ?? .max, longest))
        }
        return date(text, at: now).map { max(.zero, $0 - now) }
    }

    /// An HTTP date in any of its forms, read at this time; nil for anything else.
    package static func date(_ text: String, at now: Timestamp) -> Timestamp? {
        let parts = text.split(separator: " ").map(String.init)
        switch parts.count {
        case 6 where parts[5] == "GMT":
            // Sun, 06 Nov 1994 08:49:37 GMT
            return timestamp(year: Int(parts[3]), month: parts[2], day: Int(parts[1]), time: parts[4])
        case 4 where parts[3] == "GMT":
            // Sunday, 06-Nov-94 08:49:37 GMT
            let date = parts[1].split(separator: "-").map(String.init)
            guard date.count == 3, let short = Int(date[2]), (0...99).contains(short) else { return nil }
            return timestamp(
                year: fullYear(short, at: now),
                month: date[1],
                day: Int(date[0]),
                time: parts[2]
            )
        case 5:
            // Sun Nov  6 08:49:37 1994
            return timestamp(year: Int(parts[4]), month: parts[1], day: Int(parts[2]), time: parts[3])
        default:
            return nil
        }
    }

    /// A year of two digits that would lie more than 50 years ahead is in the past (§5.6.7).
    private static func fullYear(_ short: Int, at now: Timestamp) -> Int? {
        guard let current = Int(now.rfc3339.prefix(4)) else { return nil }
        let year = current - current % 100 + short
        return year > current + 50 ? year - 100 : year
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func timestamp(year: Int?, month: String, day: Int?, time: String) -> Timestamp? {
        guard let year, let day, let month = months.firstIndex(of: month) else { return nil }
        return Timestamp(rfc3339: "\(digits(year, 4))-\(digits(month + 1, 2))-\(digits(day, 2))T\(time)Z")
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
