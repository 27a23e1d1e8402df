import CivilTime
import LookoutModel

/// Times as the people of a receiver read them: in their zone, and in UTC where that differs.
struct WallClock {
    private let zone: CivilZone
    /// The day of the message, which need not be said again with each line of evidence.
    private let day: String

    /// - Parameters:
    ///   - timeZone: an IANA name; UTC if the system does not know it.
    ///   - time: when what is told was found.
    init(timeZone: String, at time: Timestamp) {
        zone = TimeZones.shared.zone(timeZone) ?? .utc
        day = zone.local(at: time.wholeSeconds).dateText
    }

    /// `2026-11-22 13:00:00 CET (12:00:00 UTC)`, or the second part alone where that is the zone.
    func text(_ time: Timestamp) -> String {
        let local = zone.local(at: time.wholeSeconds)
        let text = "\(local.dateText) \(Self.clock(local))"
        guard local.period != CivilZone.utc.period(at: 0) else { return text }
        let universal = CivilZone.utc.local(at: time.wholeSeconds)
        let date = local.date == universal.date ? "" : "\(universal.dateText) "
        return "\(text) (\(date)\(Self.clock(universal)))"
    }

    /// A line of evidence: its time, with the day if that is another one, and how far it lies from `begin`,
    /// and its text.
    func line(_ line: Evidence.Line, relativeTo begin: Timestamp? = nil) -> String {
        let local = zone.local(at: line.at.wholeSeconds)
        var text = (local.dateText == day ? "" : "\(local.dateText) ") + Self.clock(local)
        if let begin {
            let distance = begin - line.at
            text +=
                distance < .zero
                ? " (\(Lengths.text(.zero - distance)) after it began)"
                : " (\(Lengths.text(distance)) before it began)"
        }
        return "\(text): \(AlertWords.clean(line.text, Message.Limit.evidenceText))"
    }

    /// To the second: `13:00:00 CET`.
    private static func clock(_ time: LocalTime) -> String {
        let second = time.second < 10 ? "0\(time.second)" : "\(time.second)"
        return "\(time.clockText):\(second) \(time.period.abbreviation)"
    }
}

extension Timestamp {
    /// The seconds since 1970, rounded down.
    fileprivate var wholeSeconds: Int {
        let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Int(fraction < 0 ? seconds - 1 : seconds)
    }
}
