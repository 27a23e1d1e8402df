import Logging
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDaemon

@Suite struct LogLines {
    private func line(isJournal: Bool, _ log: (Logger) -> Void) -> String {
        let lines = Recorder<String>()
        let logger = Logger(label: "test") { _ in
            LineLogHandler(level: .trace, isJournal: isJournal) { lines.record($0) }
        }
        log(logger)
        return lines.values.joined()
    }

    @Test(arguments: [
        (Logger.Level.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3), (.critical, 2),
    ])
    func `the journal gets its priority and no time`(level: Logger.Level, priority: Int) {
        #expect(line(isJournal: true) { $0.log(level: level, "ready") } == "<\(priority)>ready\n")
    }

    @Test func `facts follow the message as sorted pairs, quoted where they must be`() {
        let text = line(isJournal: true) {
            $0.info("stopped", metadata: ["b": "two words", "a": "1", "c": "", "d": "x=y"])
        }
        #expect(text == "<6>stopped a=1 b=\"two words\" c=\"\" d=\"x=y\"\n")
    }

    @Test func `what a hostile target sends cannot drive the terminal or fake a line`() {
        let text = line(isJournal: true) {
            $0.error("failed", metadata: ["error": "\u{1B}[2J\n<0>all is well"])
        }
        #expect(text.split(separator: "\n").count == 1)
        #expect(!text.contains("\u{1B}"))
    }

    @Test func `a terminal gets time and level`() {
        let text = line(isJournal: false) { $0.warning("careful") }
        #expect(text.hasSuffix("Z warning careful\n"))
    }
}
