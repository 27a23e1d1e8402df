import LookoutStatistics
import Testing

struct FailureSpreadTests {
    @Test func `failures in three minutes are more than a burst`() {
        var spread = FailureSpread()
        for time in [0.0, 10, 59.9] { spread.observe(isOK: false, at: time) }
        #expect(spread.isFailingNow)
        #expect(spread.minutesWithFailures == 1)
        spread.observe(isOK: true, at: 60)
        #expect(!spread.isConfirmed)
        spread.observe(isOK: false, at: 61)
        spread.observe(isOK: true, at: 70)
        #expect(!spread.isConfirmed)
        spread.observe(isOK: false, at: 600)
        spread.observe(isOK: true, at: 610)
        #expect(spread.isConfirmed)
        #expect(!spread.isFailingNow)
    }

    @Test func `times out of all bounds are taken`() {
        var spread = FailureSpread()
        for time in [-1e300, 1e300, .nan, .infinity] { spread.observe(isOK: false, at: time) }
        #expect(spread.minutesWithFailures == 0)
        #expect(spread.isFailingNow)
    }

    @Test func `three failures in a row confirm an outage until the next success`() {
        var rule = ConsecutiveFailures()
        for isOK in [false, false, true, false, false] { rule.observe(isOK: isOK) }
        #expect(!rule.isConfirmed)
        rule.observe(isOK: false)
        #expect(rule.isConfirmed)
        rule.observe(isOK: true)
        #expect(!rule.isConfirmed)
        #expect(rule.longestRun == 3)
    }

    /// The figures of the research, §2.2 D.
    @Test func `three in a row are rarely chance`() {
        let often = ConsecutiveFailures.falseAlarmRatio(required: 3, failureRatio: 0.02, samples: 180)
        let rarely = ConsecutiveFailures.falseAlarmRatio(required: 3, failureRatio: 0.005, samples: 180)
        #expect(abs(often - 0.0014) < 0.000_05)
        #expect(abs(rarely - 2e-5) < 0.3e-5)
        // By hand: of three samples all, of four FFFx or xFFF.
        #expect(ConsecutiveFailures.falseAlarmRatio(required: 3, failureRatio: 0.5, samples: 3) == 0.125)
        #expect(ConsecutiveFailures.falseAlarmRatio(required: 3, failureRatio: 0.5, samples: 4) == 0.1875)
        #expect(ConsecutiveFailures.falseAlarmRatio(required: 3, failureRatio: 1, samples: 2) == 0)
        #expect(ConsecutiveFailures.falseAlarmRatio(required: 3, failureRatio: 1, samples: 3) == 1)
        #expect(ConsecutiveFailures.falseAlarmRatio(required: 1, failureRatio: 0, samples: 9) == 0)
    }
}
