import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutRehearsal

/// The notation of values: promtool's for numbers, and words that are counted.
@Suite struct `the notation of values` {
    /// Values as they are written out.
    private static func expanded(_ text: String, names: Set<String> = []) -> [String] {
        ValueNotation(text, names: names).runs.flatMap { run in
            (0..<run.count).map { index in
                switch run.value {
                case .missing: "_"
                case .number(let start, let step): "\(start + step * Double(index))"
                case .ok: "ok"
                case .failed(let failure): "fail(\(failure?.rawValue ?? ""))"
                case .error(let words): "error(\(words))"
                case .inconclusive(let words): "inconclusive(\(words))"
                case .named(let name): name
                }
            }
        }
    }

    @Test(arguments: [
        // The examples of promtool's documentation.
        ("-2+4x3", "-2.0 2.0 6.0 10.0"),
        ("1-2x4", "1.0 -1.0 -3.0 -5.0 -7.0"),
        ("1x4", "1.0 1.0 1.0 1.0 1.0"),
        ("1 _x3", "1.0 _ _ _"),
        ("1+0x6 0 0", "1.0 1.0 1.0 1.0 1.0 1.0 1.0 0.0 0.0"),
        ("10+10x2 30+20x5", "10.0 20.0 30.0 30.0 50.0 70.0 90.0 110.0 130.0"),
        ("0x3", "0.0 0.0 0.0 0.0"),
        ("1.5e1-.5x1 +2 -2 5x0", "15.0 14.5 2.0 -2.0 5.0"),
        ("", ""),
        (" \n ok\tok ", "ok ok"),
        ("ok x3 okx2 ok", "ok ok ok ok ok ok"),
        ("fail fail(timeout)x2 failed(dns) x1", "fail() fail(timeout) fail(timeout) fail(dns)"),
        ("_ _x2 _ x2", "_ _ _ _ _"),
        ("healthy x2 boxx2 box3", "healthy healthy box box box3"),
    ])
    func `is written out`(text: String, values: String) {
        let names: Set<String> = ["healthy", "box", "box3"]
        #expect(ValueNotation(text, names: names).faults == [])
        #expect(Self.expanded(text, names: names).joined(separator: " ") == values)
    }

    @Test func `words in parentheses may have blanks`() {
        #expect(
            Self.expanded("error(no descriptors left) inconclusive(offline)x2 stale")
                == [
                    "error(no descriptors left)", "inconclusive(offline)", "inconclusive(offline)",
                    "inconclusive(the series is stale)",
                ]
        )
    }

    @Test(arguments: [
        ("nan", 0), ("ok inf", 3), ("0x1g", 0), ("1e999", 0), ("1+-2x3", 0), ("ok ok(1)", 3), ("fail(", 0),
        ("ok x-3", 3), ("ok  okx", 4), ("--5", 0), ("1+2", 0), ("x5", 0), ("ok 1x99999999999999999999", 3),
        ("é ok", 0), ("okx4000001", 0),
    ])
    func `what is none is refused at its place`(text: String, offset: Int) {
        #expect(ValueNotation(text, names: []).faults.map(\.offset) == [offset])
    }

    @Test func `millions of values take no room`() {
        let runs = ValueNotation("ok x4000000 1+1x3999999", names: []).runs
        #expect(runs.map(\.count) == [4_000_000, 4_000_000])
    }

    @Test func `no text makes it trap`() async {
        let alphabet = Array("ok_x0123456789+-.e()fail \n{}é\u{0}")
        await checkAll(cases: 2000) { generator in
            let length = Int.random(in: 0...20, using: &generator)
            let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "x" })
            let notation = ValueNotation(text, names: ["ok2", "e"])
            try #require(notation.runs.allSatisfy { $0.count >= 1 })
            _ = try? SeriesName(text)
            _ = Duration(testTime: text)
        }
    }

    @Test(arguments: [
        ("0", 0.0), ("90s", 90), ("1h30m", 5400), ("2w", 1_209_600), ("1y", 31_536_000),
        ("1y2w3d4h5m6s7ms", 33_019_506.007),
        ("100y", 3_153_600_000),
    ])
    func `times are those of Prometheus`(text: String, seconds: Double) {
        #expect(Duration(testTime: text) == .milliseconds(Int64((seconds * 1000).rounded())))
    }

    @Test(arguments: [
        "", "5", "-5m", "5m1h", "1d1w", "101y", "1e3s", "99999999999999999999y", "y", "1yy", " 5m",
    ])
    func `other texts are no times`(text: String) {
        #expect(Duration(testTime: text) == nil)
    }

    @Test func `names of series are those of Prometheus`() throws {
        let name = try SeriesName(#" up{ job = "a\"b\\c\n" , instance='x:1', } "#)
        #expect(name.metric == "up")
        #expect(name.labels == ["job": "a\"b\\c\n", "instance": "x:1"])
        #expect(try SeriesName("up").labels.isEmpty)
        #expect(try SeriesName("{a=\"b\"}").metric == "")
        for wrong in [
            "up{", "up{a}", "up{a=b}", "up{a=\"b\" c=\"d\"}", "up{a=\"b}", "up{a=\"1\",a=\"2\"}", "up{} x",
            "{=\"\"}",
        ] {
            #expect(throws: SeriesName.Fault.self, "\(wrong)") { try SeriesName(wrong) }
        }
    }
}
