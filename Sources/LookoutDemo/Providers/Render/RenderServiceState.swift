package import LookoutModel

/// One web service at Render: its set-up, its deploys, its variables, its events and its log.
package struct RenderServiceState: Sendable {
    package let id: String
    package let name: String
    package let owner: String
    package var url: String
    package var branch: String
    package var autoDeploys = true
    /// Who has suspended it; empty if nobody has.
    package var suspenders: [String] = []
    package var buildPaths: [String] = []
    package var ignoredPaths: [String] = []
    package var rootFolder = ""
    /// `free` services fall asleep.
    package var plan = "starter"
    package var hasPreDeployCommand = false
    /// Whether a service that sleeps wakes up at all.
    package var wakes = true
    package var pace = RenderPace()
    /// Set on the service itself; in the order in which they were added.
    package var variables: [(key: String, value: String)] = []
    /// From a linked environment group: in the process, but not in the service's list.
    package var groupVariables: [String: String] = [:]
    /// The newest last.
    var deploys: [RenderDeploy] = []
    /// What got live when, oldest first.
    private(set) var releases: [DemoRelease] = []
    var events: [RenderEvent] = []
    var logs: [RenderLogLine] = []
    /// When somebody last asked it for something; nil if nobody did.
    var lastTraffic: Timestamp?
    /// When a service that was asleep is awake.
    var awakeAt: Timestamp?
    /// How many requests it has had, to share them out while two versions run.
    var requestCount = 0
    private var identifiers: Identifiers

    package init(id: String, name: String, owner: String, url: String, branch: String) {
        self.id = id
        self.name = name
        self.owner = owner
        self.url = url
        self.branch = branch
        identifiers = Identifiers(seed: "render \(id)")
    }

    /// What is live, and what was before; nil if nothing ever was.
    package var release: DemoRelease? { releases.last }

    /// What the old instance still serves beside the new one.
    package func overlapping(at now: Timestamp) -> DemoRelease? {
        guard let current = releases.last, now < current.since + pace.overlap else { return nil }
        return releases.dropLast().last
    }

    package var isSuspended: Bool { !suspenders.isEmpty }

    /// What a process gets that is started now.
    package var effectiveVariables: [String: String] {
        groupVariables.merging(variables.map { ($0.key, $0.value) }) { _, own in own }
    }

    mutating func identifier(_ prefix: String) -> String { prefix + identifiers.letters(20) }

    mutating func secretValue() -> String { identifiers.letters(32) }

    func index(of deploy: String) -> Int? { deploys.firstIndex { $0.id == deploy } }

    /// Adds a deploy that was live in the past, or is.
    package mutating func addLive(_ revision: DemoRevision, at time: Timestamp, hasArtifact: Bool = true) {
        var deploy = RenderDeploy(
            id: identifier("dep-"),
            revision: revision,
            trigger: "new_commit",
            createdAt: time - pace.queued - pace.build - pace.update,
            status: .updateInProgress
        )
        deploy.startedAt = time - pace.build - pace.update
        deploy.hasArtifact = hasArtifact
        deploy.variables = effectiveVariables
        deploys.append(deploy)
        goLive(deploys.count - 1, at: time)
    }

    /// Makes a deploy what users get, and takes the one before it down.
    mutating func goLive(_ index: Int, at time: Timestamp) {
        for older in deploys.indices where deploys[older].status == .live {
            deploys[older].status = .deactivated
            deploys[older].updatedAt = time
        }
        deploys[index].status = .live
        deploys[index].wasLive = true
        deploys[index].finishedAt = time
        deploys[index].updatedAt = time
        deploys[index].due = nil
        releases.append(
            DemoRelease(
                deploy: deploys[index].id,
                revision: deploys[index].revision,
                variables: deploys[index].variables,
                since: time
            )
        )
        lastTraffic = max(lastTraffic ?? time, time)
    }
}

/// Something that happened to a service.
struct RenderEvent: Hashable, Sendable {
    let id: String
    let at: Timestamp
    /// Render's word, such as `deploy_started`.
    let type: String
    let details: JSONValue
}

/// A line of a service's log.
struct RenderLogLine: Hashable, Sendable {
    let id: String
    let at: Timestamp
    /// `app` or `build`.
    let type: String
    let level: String
    let message: String
}
