package import LookoutAlerting
import LookoutModel
import LookoutSimulation
import Testing

/// What every `AlertStore` promises, as tests: the fake and the real one are held to the same.
///
/// ```swift
/// @Test(arguments: AlertStoreContract.clauses)
/// func `keeps the contract of alert stores`(clause: AlertStoreContract.Clause) async throws {
///     try await clause.check(makeEmptyStore())
/// }
/// ```
package enum AlertStoreContract {
    /// One promise; `check` gets a new, empty store and records an issue if it breaks the promise.
    package struct Clause: Sendable, CustomTestStringConvertible {
        package let name: String
        package let check: @Sendable (any AlertStore) async throws -> Void

        package var testDescription: String { name }
    }

    package static var clauses: [Clause] {
        commits + order + leases + settlements + superseding + digests + receivers
    }

    static let start = Timestamp(seconds: 1_790_000_000)
    static let horizon = Duration.seconds(3600)

    static func lease(_ owner: String = "boot-1", at now: Timestamp = start) -> Lease {
        Lease(owner: owner, until: now + .seconds(60))
    }

    /// A notice with a name drawn from a number, so that clauses can tell notices apart.
    static func notice(
        _ number: UInt64,
        rule: String = "down",
        severity: Severity = .major,
        kind: Notice.Kind = .firing,
        receiver: String = "team",
        at time: Timestamp = start
    ) -> Notice {
        var generator = SeededGenerator(seed: number)
        return Notice(
            id: NoticeID(at: time, using: &generator),
            receiver: receiver,
            kind: kind,
            alert: alert(rule: rule, severity: severity),
            createdAt: time
        )
    }

    static func alert(rule: String = "down", severity: Severity = .major) -> Alert {
        Alert(
            id: AlertID(rule: rule, labels: ["environment": "production", "probe": "api \"ü\""]),
            labels: ["team": "web", "tier": "\"ö\""],
            parents: ["network", "gateway"],
            state: .recovering,
            severity: severity,
            episode: 3,
            held: .milliseconds(1500),
            streak: 2,
            relief: Alert.Relief(severity: .minor, held: .seconds(2)),
            blindness: Alert.Blindness(since: start, held: .seconds(5), reason: "no data\nat all"),
            texts: AlertTexts(
                summary: "down",
                description: "it is\u{0} down",
                runbook: "https://example.org/",
                annotations: ["dashboard": "https://example.org/d", "": "no\nname"],
                suggestion: .restoreEnvironment
            ),
            returns: 2,
            pendingSince: start,
            firingSince: start + .seconds(1),
            recoveringSince: start + .seconds(2),
            resolvedSince: start - .seconds(9),
            resolution: .ruleRemoved,
            lastJudged: start + .microseconds(3),
            told: [
                "team": Alert.Told(episode: 3, severity: severity),
                "": Alert.Told(episode: 2, severity: .minor, isResolved: true),
            ],
            acknowledgement: Alert.Acknowledgement(by: "ada", at: start, until: start + .seconds(9))
        )
    }

    /// Claims as for a receiver without keys, to which digests may be sent.
    static func unkeyedClaim(
        _ store: any AlertStore,
        digest number: UInt64 = 1000,
        at now: Timestamp = start,
        threshold: Int = 10,
        limit: Int = 1000,
        sendsResolved: Bool = true
    ) async throws -> Delivery? {
        var generator = SeededGenerator(seed: number)
        let request = ClaimRequest(
            receiver: "team",
            lease: lease(at: now),
            now: now,
            horizon: horizon,
            sendsResolved: sendsResolved,
            digestID: NoticeID(at: now, using: &generator),
            digestThreshold: threshold,
            digestLimit: limit
        )
        if case .delivery(let delivery) = try await store.claim(request) { return delivery }
        return nil
    }

    /// Claims with a lease of the usual length; the notice, or nil if none may be sent.
    static func claim(
        _ store: any AlertStore,
        receiver: String = "team",
        owner: String = "boot-1",
        at now: Timestamp = start
    ) async throws -> Delivery? {
        let claim = try await store.claim(
            for: receiver,
            lease: lease(owner, at: now),
            at: now,
            horizon: horizon
        )
        if case .delivery(let delivery) = claim { return delivery }
        return nil
    }
}
