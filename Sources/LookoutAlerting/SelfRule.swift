package import LookoutModel

/// What Lookout can find wrong with itself: each is an ordinary alert under the id that is its raw value.
package enum SelfRule: String, CaseIterable, Hashable, Sendable {
    /// A check has had no sample for a while that says anything.
    case noData = "lookout-no-data"
    /// Lookout could not ask a target.
    case probeError = "lookout-probe-error"
    /// A rule cannot be evaluated.
    case ruleError = "lookout-rule-error"
    /// A receiver does not work as it is configured.
    case receiverBroken = "lookout-receiver-broken"
    /// Something that was to be told was given up.
    case noticeDead = "lookout-notice-dead"
    /// A changed configuration was refused.
    case configurationInvalid = "lookout-config-invalid"
    /// Lookout has no network.
    case offline = "lookout-offline"
    /// Samples or alerts cannot be written.
    case storage = "lookout-storage"
    /// So many targets fail at once that it is told as one.
    case storm = "lookout-storm"

    /// Alerts of rules that people write must not begin like this.
    package static let reservedPrefix = "lookout-"

    /// How bad it is unless a finding says that it is worse.
    package var severity: Severity {
        switch self {
        case .storm: .outage
        case .receiverBroken, .noticeDead, .offline, .storage, .noData, .probeError: .major
        case .ruleError, .configurationInvalid: .minor
        }
    }

    /// How long it must last before it is told.
    ///
    /// What has waited already (no data for three intervals) does not wait again.
    package var holds: Judgement.Holds {
        switch self {
        case .offline: Judgement.Holds(pending: .seconds(60))
        case .ruleError: Judgement.Holds(pending: .seconds(120), keepFiring: .seconds(60))
        case .storage: Judgement.Holds(pending: .seconds(30), keepFiring: .seconds(60))
        case .probeError, .noData: Judgement.Holds(successes: 2)
        case .receiverBroken, .noticeDead, .configurationInvalid, .storm: Judgement.Holds()
        }
    }

    /// The section of the runbooks that says what to do.
    package var runbook: String { "docs/runbooks.md#\(rawValue)" }

    /// Whether nothing can be said of it without a network.
    var needsNetwork: Bool {
        switch self {
        case .noData, .probeError: true
        default: false
        }
    }
}
