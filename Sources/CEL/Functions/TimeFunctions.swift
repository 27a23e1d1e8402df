internal import CivilTime

/// `timestamp`, `duration` and the getters of both.
enum TimeFunctions {
    static let all: [FunctionDeclaration] =
        [
            .unary("timestamp", [.timestamp, .string, .int].map { ($0, .timestamp) }) {
                (value, evaluation) throws(EvaluationError) in
                try evaluation.charge(textOf: value)
                switch value {
                case .timestamp: return value
                case .int(let seconds):
                    guard Instant.range.contains(seconds) else {
                        throw EvaluationError(.overflow, "timestamp overflow")
                    }
                    return .timestamp(Instant(seconds: seconds))
                case .string(let text):
                    guard let instant = Instant(rfc3339: text) else {
                        throw EvaluationError(
                            .invalidArgument,
                            "invalid RFC 3339 timestamp \"\(value.summary)\""
                        )
                    }
                    return .timestamp(instant)
                default: throw .noSuchOverload("timestamp")
                }
            },
            .unary("duration", [.duration, .string].map { ($0, .duration) }) {
                (value, evaluation) throws(EvaluationError) in
                try evaluation.charge(textOf: value)
                switch value {
                case .duration: return value
                case .string(let text):
                    guard let span = TimeSpan(goSyntax: text) else {
                        throw ConversionFunctions.failure("string", "google.protobuf.Duration")
                    }
                    return .duration(span)
                default: throw .noSuchOverload("duration")
                }
            },
        ] + dateGetters + timeGetters

    private static let dateGetters: [FunctionDeclaration] = [
        getter("getFullYear") { $0.date.year },
        getter("getMonth") { $0.date.month - 1 },
        getter("getDate") { $0.date.day },
        getter("getDayOfMonth") { $0.date.day - 1 },
        getter("getDayOfWeek") { $0.date.dayOfWeek },
        getter("getDayOfYear") { $0.date.dayOfYear },
    ]

    private static let timeGetters: [FunctionDeclaration] = [
        getter("getHours", ofDuration: DurationPart(unit: 3_600_000_000_000)) { $0.secondOfDay / 3_600 },
        getter("getMinutes", ofDuration: DurationPart(unit: 60_000_000_000)) { $0.secondOfDay / 60 % 60 },
        getter("getSeconds", ofDuration: DurationPart(unit: 1_000_000_000)) { $0.secondOfDay % 60 },
        getter("getMilliseconds", ofDuration: DurationPart(unit: 1_000_000, modulus: 1_000)) {
            $0.nanoseconds / 1_000_000
        },
    ]

    /// What a getter reads from a duration: whole units, of which only the last `modulus` count.
    private struct DurationPart {
        let unit: Int
        var modulus = Int.max

        func count(in span: TimeSpan) -> Int {
            span.nanoseconds / unit % modulus
        }
    }

    /// A timestamp in a zone.
    private struct Reading {
        let date: CivilDate
        let secondOfDay: Int
        let nanoseconds: Int

        init(_ instant: Instant, offset: Int) {
            let (days, second) = (instant.seconds + offset).flooredDivision(by: 86_400)
            date = CivilDate(daysSinceEpoch: days)
            secondOfDay = second
            nanoseconds = Int(instant.nanoseconds)
        }
    }

    private static func getter(
        _ name: String,
        ofDuration part: DurationPart? = nil,
        _ read: @escaping @Sendable (Reading) -> Int
    ) -> FunctionDeclaration {
        var overloads = [
            Overload(
                "timestamp.\(name)()",
                isMember: true,
                [.timestamp],
                .int,
                .unary {
                    (value, _) throws(EvaluationError) in
                    switch value {
                    case .timestamp(let instant): return .int(read(Reading(instant, offset: 0)))
                    case .duration(let span):
                        guard let part else { throw .noSuchOverload(name) }
                        return .int(part.count(in: span))
                    default: throw .noSuchOverload(name)
                    }
                }
            ),
            Overload(
                "timestamp.\(name)(string)",
                isMember: true,
                [.timestamp, .string],
                .int,
                .binary {
                    (value, zone, evaluation) throws(EvaluationError) in
                    guard case .timestamp(let instant) = value, case .string(let zone) = zone else {
                        throw .noSuchOverload(name)
                    }
                    try evaluation.charge(16 + zone.utf8.count >> 4)
                    let offset = try TimeZones.shared.offset(named: zone, at: instant.seconds)
                    return .int(read(Reading(instant, offset: offset)))
                }
            ),
        ]
        if part != nil {
            overloads.append(
                Overload("duration.\(name)()", isMember: true, [.duration], .int, overloads[0].body)
            )
        }
        return FunctionDeclaration(name, overloads)
    }
}
