import LookoutAlerting
import LookoutModel
import Testing

/// The streams of samples by which implementations of alerting rules are held against their specification.
///
/// The rows re-express those of prometheus/compliance, `alert_generator/cases` (pending_firing_resolved,
/// pending_resolved_and_always_inactive, zero_for_and_small_for, new_alerts_and_order_check; Copyright Prometheus
/// Authors, Apache License 2.0) as data. A sample comes each 15 s and rules are evaluated each 30 s, at one of
/// two phases. That an end is sent again for 15 minutes has no counterpart: it is in the outbox until it is taken.
/// Neither has a rule about what other alerts do, save `depends_on`.
struct ComplianceTableTests {
    struct Stream: CustomTestStringConvertible {
        var testDescription: String
        /// In the suite's notation: `V` is a value, `AxB` is B more values, each by A more.
        var samples: String
        var threshold: Double
        /// Seconds.
        var hold: Int
        /// When the alert changes, evaluated at 0, 30, 60 … s and at 15, 45, 75 … s.
        var even: String
        var odd: String
    }

    private static let pending = "3 5 0x2 9 0x3 11"
    private static let zeroAndSmall = "3 5 0x2 9 0x3 15 0x12 9 0x71 11 0x12 9 0x20"

    static let streams = [
        Stream(
            testDescription: "pending, firing and resolved, twice",
            samples: "\(pending) 0x12 15 0x11 0x20 19 0x15 9 0x19 15 0x24 0x20 8 0x15",
            threshold: 10,
            hold: 360,
            even: "120p 480F 1050R 1350p 1710F 2010R",
            odd: "135p 495F 1035R 1335p 1695F 2025R"
        ),
        Stream(
            testDescription: "pending, and over before it fires",
            samples: "\(pending) 0x10 9 0x40",
            threshold: 10,
            hold: 180,
            even: "120p 300.",
            odd: "135p 285."
        ),
        Stream(
            testDescription: "always inactive",
            samples: "\(pending) 0x10 9 0x40",
            threshold: 99,
            hold: 180,
            even: "",
            odd: ""
        ),
        Stream(
            testDescription: "without a hold time, twice",
            samples: zeroAndSmall,
            threshold: 10,
            hold: 0,
            even: "120F 330R 1410F 1590R",
            odd: "135F 315R 1395F 1605R"
        ),
        Stream(
            testDescription: "with a hold time shorter than the interval",
            samples: zeroAndSmall,
            threshold: 13,
            hold: 15,
            even: "120p 150F 330R",
            odd: "135p 165F 315R"
        ),
        Stream(
            testDescription: "the first of two alerts of a rule",
            samples: "1 0x7 11 0x64 9 0x20",
            threshold: 10,
            hold: 180,
            even: "120p 300F 1110R",
            odd: "135p 315F 1095R"
        ),
        Stream(
            testDescription: "the second, which comes and goes while the first fires",
            samples: "1 0x31 11 0x32 9 0x20",
            threshold: 10,
            hold: 180,
            even: "480p 660F 990R",
            odd: "495p 675F 975R"
        ),
    ]

    private static func values(_ text: String) throws -> [Double] {
        var values: [Double] = []
        for part in text.split(separator: " ") {
            let pieces = part.split(separator: "x")
            let number = try #require(Double(pieces[0]))
            guard pieces.count == 2 else {
                values.append(number)
                continue
            }
            for _ in 0..<(try #require(Int(pieces[1]))) { values.append((values.last ?? 0) + number) }
        }
        return values
    }

    @Test(arguments: streams, [0, 15])
    func `an alert changes in the evaluations in which it should, and in no other`(
        stream: Stream,
        phase: Int
    ) throws {
        let values = try Self.values(stream.samples)
        var crowd = AlertCrowd(["load"], every: .seconds(30))
        crowd.holds = Judgement.Holds(pending: .seconds(stream.hold))
        var changes: [String] = []
        var told: [String] = []
        var state = crowd.letter("load")
        for second in stride(from: phase, to: values.count * 15, by: 30) {
            let holds = values[second / 15] > stream.threshold
            told += crowd.judge([("load", holds ? "2" : "-")], at: second)
            guard crowd.letter("load") != state else { continue }
            state = crowd.letter("load")
            changes.append("\(second)\(state)")
        }
        let expected = phase == 0 ? stream.even : stream.odd
        #expect(changes.joined(separator: " ") == expected)
        #expect(told == expected.compactMap { $0 == "F" ? "firing load" : $0 == "R" ? "resolved load" : nil })
    }
}
