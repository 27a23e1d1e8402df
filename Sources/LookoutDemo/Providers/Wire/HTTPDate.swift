import LookoutModel

/// Dates as HTTP headers have them (IMF-fixdate, RFC 9110 §5.6.7).
enum HTTPDate {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Wed, 20 Aug 2025 12:49:08 GMT`; for times since 1970.
    static func text(_ time: Timestamp) -> String {
        let seconds = time.microseconds / 1_000_000
        let digits = Timestamp(seconds: seconds).rfc3339.split { !$0.isNumber }.map(String.init)
        let month = Int(digits[1]).map { months[$0 - 1] } ?? digits[1]
        // The first of January 1970 was a Thursday.
        let weekday = weekdays[Int((seconds / 86_400 + 4) % 7)]
        return "\(weekday), \(digits[2]) \(month) \(digits[0]) \(digits[3]):\(digits[4]):\(digits[5]) GMT"
    }
}
