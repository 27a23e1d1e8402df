/// Lengths of time for people.
enum Lengths {
    /// The two largest units: `45s`, `4m 10s`, `3h 5m`, `2d 1h`; nothing below zero.
    static func text(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let units = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
            (seconds % 60, "s"),
        ]
        let first = units.firstIndex { $0.0 > 0 } ?? units.count - 1
        return units[first...].prefix(2).filter { $0.0 > 0 || seconds == 0 }
            .map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}
