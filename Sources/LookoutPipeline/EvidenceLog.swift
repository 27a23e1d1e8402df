import LookoutModel
import LookoutRules

/// What was seen lately, for those who are told of an alert: the last samples of each check, and what
/// changed in each environment.
///
/// Words are made only when somebody is told; what each sample costs is its place in two rings.
struct EvidenceLog: Sendable {
    /// Something that was put on an environment, or was seen there.
    private struct Change: Hashable {
        let at: Timestamp
        let text: String
    }

    /// What is known of an environment as a whole.
    private struct Surroundings {
        var samples = SampleRing()
        /// Oldest first.
        var changes: [Change] = []
    }

    /// How many changes are told of, and how old they may be.
    private static let changeCount = 5
    private static let changeAge = Duration.seconds(86_400)

    private(set) var trails: [CheckID: CheckTrail] = [:]
    private var environments: [String: Surroundings] = [:]

    /// Takes in the newest sample of a check; with no time, one from the store.
    mutating func take(_ sample: Sample, of check: Check, at now: Duration?) {
        let environment = check.id.environment
        if now != nil { environments[environment, default: Surroundings()].samples.append(sample) }
        let before = trails[check.id]?.take(sample, of: check, at: now)
        if trails[check.id] == nil { trails[check.id] = CheckTrail(sample, of: check, at: now) }
        if let before = before.flatMap(\.self), let version = sample.version {
            note("version \(before) → \(version)", at: sample.startedAt, in: environment)
        }
    }

    /// Takes in that somebody put a version on an environment.
    mutating func note(_ release: Release, in environment: String) {
        let version = release.version.flatMap { $0 == release.id ? nil : " (version \($0))" } ?? ""
        note("deployment \(release.id)\(version)", at: release.beganAt, in: environment)
    }

    /// Forgets the checks that are gone.
    mutating func keep(_ checks: Set<CheckID>) {
        trails = trails.filter { checks.contains($0.key) }
        let names = Set(checks.map(\.environment))
        environments = environments.filter { names.contains($0.key) }
    }

    /// What goes along with a judgement of an alert, at a sample of a check.
    ///
    /// For an alert of a whole environment that is the last samples of all of its checks.
    func evidence(for alert: AlertID, of check: CheckID, at now: Timestamp) -> Evidence {
        let surroundings = environments[check.environment]
        let changes = surroundings?.changes.filter { now - $0.at <= Self.changeAge } ?? []
        let samples =
            alert.labels["probe"] == nil
            ? surroundings?.samples.oldestFirst.map {
                Evidence.Line(at: $0.startedAt, "\($0.check.probe): \($0.words)")
            }
            : trails[check]?.lines
        return Evidence(samples: samples ?? [], changes: changes.map { Evidence.Line(at: $0.at, $0.text) })
    }

    /// Several checks see the same change one after the other; the first of them says when it was.
    private mutating func note(_ text: String, at time: Timestamp, in environment: String) {
        var changes = environments[environment]?.changes ?? []
        let sameTime = (time - Release.watch)...(time + Release.watch)
        if let known = changes.firstIndex(where: { $0.text == text && sameTime.contains($0.at) }) {
            guard time < changes[known].at else { return }
            changes.remove(at: known)
        }
        let place = changes.firstIndex { $0.at > time } ?? changes.endIndex
        changes.insert(Change(at: time, text: text), at: place)
        environments[environment, default: Surroundings()].changes = Array(changes.suffix(Self.changeCount))
    }
}
