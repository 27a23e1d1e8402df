import LookoutModel
import LookoutRules
import LookoutSettings

/// A file of tests, ready to run.
package struct RuleTestFile: Sendable {
    package let path: String
    let tests: [RuleTest]
    /// The rules that the file's tests are about, by id.
    let rules: [String: SourcePosition]
}

/// One test, ready to run: nothing in it is left to look up.
struct RuleTest: Sendable {
    let name: String
    let position: SourcePosition
    /// What the calendar shows at the beginning.
    let start: Timestamp
    let setting: RehearsedSetting
    let series: [RehearsedSeries]
    let scripts: [String: ReceiverScript]
    /// By time, and where times are equal in the order of the file.
    let events: [RehearsalEvent]
    let expectations: RuleTestExpectations
    let isFuzzy: Bool
    /// When it is over.
    let length: Duration
}

/// What a configuration says, as far as a test needs it.
struct RehearsedSetting: Sendable {
    var rules: RuleSet
    var scope: RuleScope
    /// In the order in which they are told.
    var receivers: [String]

    var checks: [Check] { scope.checks }
}

/// Something that happens in a test besides samples.
struct RehearsalEvent: Sendable {
    let time: Duration
    let position: SourcePosition
    let action: Action

    enum Action: Sendable {
        case restart(down: Duration)
        case crash(down: Duration)
        case reload(RehearsedSetting)
        case clockJump(Duration)
        case suspend(Duration)
        case offline
        case online
        case addSilence(RehearsedSilence)
        case endSilence(String)
        case acknowledge(AlertID, by: String, until: Duration?)
        case receiverStatus(String, ReceiverScript)
        case deploy(environment: String, version: String)
    }

    /// When it is over.
    var end: Duration {
        switch action {
        case .restart(let down), .crash(let down): time + down
        case .suspend(let length): time + length
        default: time
        }
    }
}
