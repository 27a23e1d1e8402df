package import LookoutModel

/// An error that Sentry groups under one title, as far as events of it came in.
package struct SentryIssue: Hashable, Sendable {
    /// A stretch in which events come in, at one rate.
    package struct Stretch: Hashable, Sendable {
        package var from: Timestamp
        /// Nil while it goes on.
        package var until: Timestamp?
        package var perMinute: Double

        package init(from: Timestamp, until: Timestamp? = nil, perMinute: Double) {
            self.from = from
            self.until = until
            self.perMinute = perMinute
        }

        /// The events up to a time; the first comes at once.
        func count(at now: Timestamp) -> Int {
            let end = min(until ?? now, now)
            guard end >= from else { return 0 }
            return 1 + Int((end - from).inSeconds / 60 * perMinute)
        }
    }

    package let id: String
    package let shortID: String
    package var title: String
    package var culprit: String
    package var level: String
    /// The slug of the project.
    package var project: String
    package var environment: String
    /// The release in which it was first seen.
    package var firstRelease: String
    /// When somebody resolved it; events after that make it come back.
    package var resolvedAt: Timestamp?
    package var stretches: [Stretch]

    package init(
        id: String,
        shortID: String,
        title: String,
        culprit: String = "pamService.connect",
        level: String = "error",
        project: String,
        environment: String,
        firstRelease: String,
        resolvedAt: Timestamp? = nil,
        stretches: [Stretch]
    ) {
        self.id = id
        self.shortID = shortID
        self.title = title
        self.culprit = culprit
        self.level = level
        self.project = project
        self.environment = environment
        self.firstRelease = firstRelease
        self.resolvedAt = resolvedAt
        self.stretches = stretches
    }

    func count(at now: Timestamp) -> Int { stretches.map { $0.count(at: now) }.reduce(0, +) }

    func firstSeen(at now: Timestamp) -> Timestamp? {
        stretches.map(\.from).filter { $0 <= now }.min()
    }

    func lastSeen(at now: Timestamp) -> Timestamp? {
        stretches.filter { $0.from <= now }.map { min($0.until ?? now, now) }.max()
    }

    /// Whether events came after it was resolved.
    func hasRegressed(at now: Timestamp) -> Bool {
        guard let resolvedAt, let lastSeen = lastSeen(at: now) else { return false }
        return lastSeen > resolvedAt
    }

    /// Sentry's words: `new` for a week after it was first seen, `ongoing` later, `regressed` if it came back.
    func substatus(at now: Timestamp) -> String? {
        if hasRegressed(at: now) { return "regressed" }
        if resolvedAt != nil { return nil }
        guard let first = firstSeen(at: now) else { return nil }
        return now - first < .seconds(7 * 86_400) ? "new" : "ongoing"
    }

    func isUnresolved(at now: Timestamp) -> Bool { resolvedAt == nil || hasRegressed(at: now) }
}

/// A release that Sentry knows.
package struct SentryRelease: Hashable, Sendable {
    package var version: String
    package var project: String
    package var at: Timestamp
    /// Deploys of it that were recorded.
    package var deploys: [SentryDeploy] = []

    package init(version: String, project: String, at time: Timestamp) {
        self.version = version
        self.project = project
        self.at = time
    }
}

/// A deploy of a release as it was recorded.
package struct SentryDeploy: Hashable, Sendable {
    package var id: String
    package var environment: String
    package var name: String?
    package var url: String?
    package var startedAt: String?
    package var finishedAt: String
}
