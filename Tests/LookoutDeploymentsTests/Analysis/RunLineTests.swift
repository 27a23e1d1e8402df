import LookoutDeployments
import LookoutStatistics
import Testing

struct RunLineTests {
    private func read(_ text: String) throws(RunLine.Fault) -> RunLine {
        try RunLine(parsing: Array(text.utf8))
    }

    @Test func `a line is read in any order of its members`() throws {
        let line = try read(
            #"{"time": 1755600000.5, "check": "production/api", "ok": true, "seconds": 0.25}"#
        )
        #expect(line.check == "production/api")
        #expect(line.sample == CheckSample(time: 1_755_600_000.5, isOK: true, seconds: 0.25))
        let turned = #"{"seconds": 0.25, "ok": true, "check": "production/api", "time": 1755600000.5}"#
        #expect(try read(turned) == line)
    }

    @Test func `a time is RFC 3339 or seconds`() throws {
        let written = try read(#"{"time": "2025-08-19T12:40:00.5+02:00", "check": "c", "ok": true}"#)
        #expect(written.sample.time == 1_755_600_000.5)
        #expect(try read(#"{"time": 12, "check": "c", "ok": true}"#).sample.time == 12)
    }

    @Test func `a duration may be unknown, whole, or that of a failure`() throws {
        #expect(
            try read(#"{"time": 1, "check": "c", "ok": false, "seconds": null}"#).sample.latency == .infinity
        )
        #expect(try read(#"{"time": 1, "check": "c", "ok": true}"#).sample.latency == nil)
        #expect(try read(#"{"time": 1, "check": "c", "ok": false, "seconds": 30}"#).sample.latency == 30)
    }

    @Test func `members of other names are left alone`() throws {
        let line = try read(
            #"{"time": 1, "check": "c", "ok": true, "seconds": 1, "status": 200, "tags": ["a"]}"#
        )
        #expect(line.sample.seconds == 1)
    }

    @Test(arguments: [
        ("", "not JSON"),
        ("{", "not JSON"),
        (#"{"time": 1, "check": "c", "ok": true, "seconds": NaN}"#, "not JSON"),
        (#"{"time": 1, "check": "c", "ok": true, "seconds": 1e999}"#, "not JSON"),
        ("[1]", "an object"),
        (#"{"check": "c", "ok": true}"#, "`time` is missing"),
        (#"{"time": "yesterday", "check": "c", "ok": true}"#, "`time` is \"yesterday\""),
        (#"{"time": null, "check": "c", "ok": true}"#, "`time` is null"),
        (#"{"time": 1755600000000, "check": "c", "ok": true}"#, "not milliseconds"),
        (#"{"time": 1, "ok": true}"#, "`check` is missing"),
        (#"{"time": 1, "check": "", "ok": true}"#, "`check` is \"\""),
        (#"{"time": 1, "check": 7, "ok": true}"#, "`check` is 7"),
        (#"{"time": 1, "check": "c"}"#, "`ok` is missing"),
        (#"{"time": 1, "check": "c", "ok": 1}"#, "`ok` is 1"),
        (#"{"time": 1, "check": "c", "ok": "true"}"#, "`ok` is \"true\""),
        (#"{"time": 1, "check": "c", "ok": true, "seconds": "0.1"}"#, "`seconds` is \"0.1\""),
        (#"{"time": 1, "check": "c", "ok": true, "seconds": -1}"#, "`seconds` is -1"),
        (#"{"time": 1, "check": "c", "ok": true, "latency_ms": 120}"#, "`latency_ms` is not read"),
        (#"{"time": 1, "check": "c", "ok": true, "Second": 1}"#, "`Second` is not read"),
    ])
    func `what is wrong is named`(text: String, expected: String) {
        let fault = #expect(throws: RunLine.Fault.self) { try read(text) }
        #expect(fault?.description.contains(expected) == true, "\(fault?.description ?? "")")
    }

    @Test func `what a file says cannot reach the terminal`() {
        let text = "{\"time\": \"\\u001b[2J\", \"check\": \"c\", \"ok\": true}"
        let fault = #expect(throws: RunLine.Fault.self) { try read(text) }
        #expect(fault?.description.contains("\u{1B}") == false)
    }
}
