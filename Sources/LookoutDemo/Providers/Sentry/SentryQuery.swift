import LookoutModel

/// What of Sentry's search language is asked for: `is:`, `firstRelease:`, `firstSeen:`, `lastSeen:`, `level:`.
struct SentryQuery: Sendable {
    private var tests: [@Sendable (SentryIssue) -> Bool] = []

    /// Throws 400 for a word that is not understood, as Sentry does, so that a client's mistake shows.
    init(_ text: String, now: Timestamp) throws(ProviderRefusal) {
        for term in Self.terms(of: text) {
            let sides = term.split(separator: ":", maxSplits: 1).map(String.init)
            guard sides.count == 2 else {
                tests.append { $0.title.lowercased().contains(term.lowercased()) }
                continue
            }
            let isNegated = sides[0].hasPrefix("!")
            let test = try Self.test(isNegated ? String(sides[0].dropFirst()) : sides[0], sides[1], now)
            tests.append { test($0) != isNegated }
        }
    }

    func accepts(_ issue: SentryIssue) -> Bool { tests.allSatisfy { $0(issue) } }

    private static func test(
        _ key: String,
        _ value: String,
        _ now: Timestamp
    ) throws(ProviderRefusal) -> @Sendable (SentryIssue) -> Bool {
        switch key {
        case "is":
            switch value {
            case "unresolved": return { $0.isUnresolved(at: now) }
            case "resolved": return { !$0.isUnresolved(at: now) }
            case "new", "ongoing", "regressed", "escalating": return { $0.substatus(at: now) == value }
            default:
                throw ProviderRefusal(400, "Invalid value for \"is\" search, valid values are ['unresolved']")
            }
        case "firstRelease", "release": return { $0.firstRelease == value }
        case "level": return { $0.level == value }
        case "title": return { $0.title.contains(value) }
        case "firstSeen", "age":
            let accepts = try times(value, now)
            return { issue in issue.firstSeen(at: now).map(accepts) ?? false }
        case "lastSeen":
            let accepts = try times(value, now)
            return { issue in issue.lastSeen(at: now).map(accepts) ?? false }
        default: throw ProviderRefusal(400, "Invalid query. \"\(key)\" is not a known search key.")
        }
    }

    /// `-30m` (since half an hour), `+30m` (before that), `>=2025-08-20T12:00:00Z`.
    private static func times(
        _ text: String,
        _ now: Timestamp
    ) throws(ProviderRefusal) -> @Sendable (Timestamp) -> Bool {
        if text.hasPrefix("-"), let age = duration(String(text.dropFirst())) { return { $0 >= now - age } }
        if text.hasPrefix("+"), let age = duration(String(text.dropFirst())) { return { $0 < now - age } }
        for sign in [">=", "<=", ">", "<"] where text.hasPrefix(sign) {
            let date = String(text.dropFirst(sign.count))
            // Sentry also takes times without a zone, as UTC.
            guard let limit = Timestamp(rfc3339: date) ?? Timestamp(rfc3339: date + "Z") else { break }
            switch sign {
            case ">=": return { $0 >= limit }
            case "<=": return { $0 <= limit }
            case ">": return { $0 > limit }
            default: return { $0 < limit }
            }
        }
        throw ProviderRefusal(400, "Invalid date: \(text).")
    }

    /// `30m`, `24h`, `14d`, `2w`.
    static func duration(_ text: String) -> Duration? {
        guard let unit = text.last, let number = Int(text.dropLast()), number >= 0, number < 100_000 else {
            return nil
        }
        switch unit {
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86_400)
        case "w": return .seconds(number * 604_800)
        default: return nil
        }
    }

    /// Terms are separated by spaces, outside of quotes; the quotes go.
    private static func terms(of text: String) -> [String] {
        var terms = [""]
        var isQuoted = false
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case " " where !isQuoted: terms.append("")
            default: terms[terms.count - 1].append(character)
            }
        }
        return terms.filter { !$0.isEmpty }
    }
}
