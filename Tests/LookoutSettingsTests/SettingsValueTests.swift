import LookoutModel
import LookoutSettings
import Testing

@Suite struct `Values of settings` {
    @Test(arguments: [("0", 0), ("-5", -5), ("+5", 5), ("9223372036854775807", .max)])
    func `whole numbers are read`(text: String, value: Int) {
        #expect(reading(Int.self, .plain(text)).value == value)
    }

    @Test(arguments: ["", "1.0", "1e3", "0x10", "1_000", "9223372036854775808", "five", " 5", "٥"])
    func `what is no whole number is refused`(text: String) {
        #expect(reading(Int.self, .plain(text)).messages.count == 1)
    }

    @Test(arguments: [("0", 0), ("-1.5", -1.5), ("1e3", 1000), (".5", 0.5)])
    func `numbers are read`(text: String, value: Double) {
        #expect(reading(Double.self, .plain(text)).value == value)
    }

    @Test(arguments: ["", "nan", "inf", ".inf", "0x1p3", "1e999", "1,5", "e"])
    func `what is no finite decimal number is refused`(text: String) {
        #expect(reading(Double.self, .plain(text)).messages.count == 1)
    }

    @Test(arguments: [("true", true), ("false", false)])
    func `true and false are read`(text: String, value: Bool) {
        #expect(reading(Bool.self, .plain(text)).value == value)
    }

    @Test(arguments: ["yes", "no", "on", "off", "True", "1", ""])
    func `other words for true and false are refused`(text: String) {
        #expect(reading(Bool.self, .plain(text)).messages.count == 1)
    }

    @Test func `a number or a truth in quotes is a string`() {
        #expect(
            reading(Int.self, .quoted("5")).messages
                == [
                    "test:1:1: error: expected a whole number, found the string \"5\"\n  hint: leave the quotes out"
                ]
        )
        #expect(reading(Bool.self, .quoted("true")).messages.count == 1)
        #expect(reading(Double.self, .quoted("1.5")).messages.count == 1)
        #expect(reading(String.self, .plain("5")).value == "5")
    }

    @Test func `quotes around a variable do not make a number a string`() {
        #expect(reading(Int.self, .quoted("${port}"), variables: ["port": "80"]).value == 80)
        #expect(
            reading(Int.self, .quoted("${port}"), variables: ["port": "x"]).messages
                == ["test:1:1: error: expected a whole number, found \"x\""]
        )
    }

    @Test(arguments: [SettingsNode.list(), .mapping(), .nothing])
    func `a scalar is expected where a scalar goes`(node: SettingsNode) {
        #expect(
            reading(String.self, node).messages == ["test:1:1: error: expected a string, found \(node.kind)"]
        )
        #expect(reading(Int.self, node).messages.count == 1)
        #expect(reading(Duration.self, node).messages.count == 1)
    }

    @Test func `every wrong element of a list and of a mapping is reported`() {
        #expect(reading([Int].self, .list(.plain("a"), .plain("1"), .plain("b"))).messages.count == 2)
        #expect(
            reading([String: Int].self, .mapping(("x", .plain("a")), ("y", .plain("b")))).messages.count == 2
        )
    }

    @Test(arguments: [("1", Severity.outage), ("2", .major), ("3", .minor)])
    func `severities are numbers from 1 to 3`(text: String, severity: Severity) {
        #expect(reading(Severity.self, .plain(text)).value == severity)
    }

    @Test(arguments: ["0", "4", "outage", "-1"]) func `other severities are refused`(text: String) {
        #expect(reading(Severity.self, .plain(text)).messages.count == 1)
    }

    @Test(arguments: ["", "1a", "a-b", "a.b", "é", "a b"]) func `such words are no label names`(name: String)
    {
        #expect(reading(Labels.self, .mapping((name, .plain("x")))).messages.count == 1)
    }
}

@Suite struct `Durations of settings` {
    @Test(
        arguments: [
            ("0s", 0), ("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("1h30m", 5_400_000),
            ("14d", 1_209_600_000), ("1d2h3m4s5ms", 93_784_005), ("1.5s", 1500), ("0.25h", 900_000),
            ("90s", 90_000), ("36500d", 3_153_600_000_000), ("007s", 7000),
        ] as [(String, Int64)]
    )
    func `numbers with units are read`(text: String, milliseconds: Int64) {
        #expect(Duration(durationText: text) == .milliseconds(milliseconds))
    }

    @Test(
        arguments: [
            "", "30", "s", "30 s", "30S", "-30s", "+30s", "1e3s", "1m1h", "1s1s", "5s3", ".5s", "5.s",
            "1..5s",
            "1w", "1y", "30sec", "36501d", "١s", "1ms1s", "nan", "99999999999999999999d", " 30s", "30s ",
            "1h-5m",
        ]
    )
    func `anything else is refused`(text: String) {
        #expect(Duration(durationText: text) == nil)
    }

    @Test(
        arguments: [
            (0, "0s"), (1, "1ms"), (1000, "1s"), (90_000, "1m30s"), (86_400_000, "1d"),
            (93_784_005, "1d2h3m4s5ms"),
            (-1500, "-1s500ms"),
        ] as [(Int64, String)]
    )
    func `a duration is written as people do`(milliseconds: Int64, text: String) {
        #expect(Duration.milliseconds(milliseconds).durationText == text)
    }

    @Test func `what is written is read back`() {
        for exponent in 0..<12 {
            for factor in [1, 7, 59, 61, 999] as [Int64] {
                var milliseconds = factor
                for _ in 0..<exponent { milliseconds = milliseconds * 10 % 3_153_600_000_000 + 1 }
                let duration = Duration.milliseconds(milliseconds)
                #expect(Duration(durationText: duration.durationText) == duration)
            }
        }
    }
}
