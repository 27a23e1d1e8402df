package import LookoutModel

/// Compares what fires with what was told, without knowing how the one leads to the other.
///
/// Whatever is found twice in a row counts: between a write and the reading of it all may look wrong once.
package struct Auditor: Sendable {
    /// Something that should have been told.
    package struct Finding: Hashable, Sendable {
        /// What is wrong.
        package enum Kind: String, CaseIterable, Hashable, Sendable {
            /// Nobody was told and nobody is going to be.
            case untold
            /// Somebody was told, but of something milder.
            case understated
            /// It was given up for all who were to be told.
            case givenUp = "given_up"
        }

        package let kind: Kind
        package let alert: AlertKey
        package let rule: String
        package let episode: Int
        package let severity: Severity
    }

    /// How often it is to be asked.
    package static let interval = Duration.seconds(60)

    /// What the last reading showed.
    private var suspects: Set<Finding> = []
    /// What is found now, by key and kind in order.
    package private(set) var findings: [Finding] = []

    package init() {}

    /// Takes a reading in.
    ///
    /// - Parameters:
    ///   - entries: the alerts that fire, from the disk.
    ///   - excused: the alerts of which nobody is told for a reason that is stated: they are withheld, or
    ///     no route leads anywhere.
    /// - Returns: What was not known to be wrong before.
    package mutating func examine(
        _ entries: [AuditLedger.Entry],
        excused: Set<AlertKey>
    ) -> [Finding] {
        let current = Set(
            entries.compactMap { entry in excused.contains(entry.alert) ? nil : Self.finding(entry) }
        )
        let confirmed = current.intersection(suspects)
        suspects = current
        let known = Set(findings)
        findings = confirmed.sorted { ($0.alert, $0.kind.rawValue) < ($1.alert, $1.kind.rawValue) }
        return findings.filter { !known.contains($0) }
    }

    private static func finding(_ entry: AuditLedger.Entry) -> Finding? {
        let kind: Finding.Kind
        if entry.notices == 0 {
            kind = entry.dead > 0 ? .givenUp : .untold
        } else if let told = entry.worstTold, entry.severity.isWorse(than: told) {
            kind = .understated
        } else {
            return nil
        }
        return Finding(
            kind: kind,
            alert: entry.alert,
            rule: entry.rule,
            episode: entry.episode,
            severity: entry.severity
        )
    }
}
