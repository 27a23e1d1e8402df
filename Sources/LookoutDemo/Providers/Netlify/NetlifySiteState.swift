package import LookoutModel

/// One site at Netlify: its set-up, its deploys, and which of them is published.
package struct NetlifySiteState: Sendable {
    package let id: String
    package let name: String
    package let account: String
    /// Where visitors find it.
    package var url: String
    /// The branch whose builds are published.
    package var branch: String
    /// Other branches that are built, but not published.
    package var allowedBranches: [String] = []
    package var buildsAreStopped = false
    package var pace = NetlifyPace()
    package var variables: [NetlifyVariable] = []
    /// Whether a restore sets `published_at` anew; nothing that is published says which Netlify does.
    package var restoreRenewsPublication = false
    /// The newest last.
    var deploys: [NetlifyDeploy] = []
    /// The id of what visitors get.
    private(set) var published: String?
    /// Whether auto publishing is stopped: builds get ready, and stay unpublished.
    private(set) var isLocked = false
    /// What was published when, oldest first.
    private(set) var releases: [DemoRelease] = []
    private var identifiers: Identifiers

    package init(id: String, name: String, account: String, url: String, branch: String) {
        self.id = id
        self.name = name
        self.account = account
        self.url = url
        self.branch = branch
        identifiers = Identifiers(seed: "netlify \(id)")
    }

    /// What visitors get; nil if nothing was ever published.
    package var release: DemoRelease? { releases.last }

    func deploy(_ id: String) -> NetlifyDeploy? { deploys.first { $0.id == id } }

    mutating func makeIdentifier() -> String { identifiers.hexadecimal(24) }

    mutating func makeUUID() -> String { identifiers.uuid() }

    /// Adds a deploy that was published in the past.
    package mutating func addPublished(
        _ revision: DemoRevision,
        at time: Timestamp,
        isHistorical: Bool = false
    ) {
        var deploy = NetlifyDeploy(
            id: identifiers.hexadecimal(24),
            revision: revision,
            branch: branch,
            context: "production",
            createdAt: time - pace.queued - pace.build - pace.upload - pace.processing,
            state: isHistorical ? .old : .ready
        )
        deploy.updatedAt = time
        deploy.variables = productionVariables
        deploys.append(deploy)
        publish(deploy.id, at: time)
    }

    /// Adds a build that got ready while publishing was stopped.
    mutating func addUnpublished(_ revision: DemoRevision, at time: Timestamp) {
        var deploy = NetlifyDeploy(
            id: identifiers.hexadecimal(24),
            revision: revision,
            branch: branch,
            context: "production",
            createdAt: time,
            state: .ready
        )
        deploy.variables = productionVariables
        // In the order of creation, as the list gives them.
        let index = deploys.firstIndex { $0.createdAt > time } ?? deploys.endIndex
        deploys.insert(deploy, at: index)
    }

    /// Hears of a push: begins a build, skips it, or does nothing.
    mutating func hear(_ push: DemoPush, at now: Timestamp) {
        guard !buildsAreStopped, push.branch == branch || allowedBranches.contains(push.branch) else {
            return
        }
        let context = push.branch == branch ? "production" : "branch-deploy"
        begin(push.revision, branch: push.branch, context: context, at: now)
        let phrases = ["[skip ci]", "[ci skip]", "[skip netlify]", "[netlify skip]"]
        guard phrases.contains(where: push.revision.message.contains), let last = deploys.indices.last else {
            return
        }
        deploys[last].isSkipped = true
        fail(last, "Skipped", at: now)
    }

    /// Begins to build the newest commit of a branch, as a push or a person asks for it.
    mutating func begin(_ revision: DemoRevision, branch: String, context: String, at now: Timestamp) {
        var deploy = NetlifyDeploy(
            id: identifiers.hexadecimal(24),
            revision: revision,
            branch: branch,
            context: context,
            createdAt: now
        )
        deploy.due = now + .seconds(1)
        deploys.append(deploy)
    }

    mutating func advance(to now: Timestamp) {
        while let index = nextDue(until: now), let time = deploys[index].due { step(index, at: time) }
    }

    private func nextDue(until now: Timestamp) -> Int? {
        deploys.indices.filter { deploys[$0].due.map { $0 <= now } ?? false }
            .min { (deploys[$0].due ?? now) < (deploys[$1].due ?? now) }
    }

    private mutating func step(_ index: Int, at time: Timestamp) {
        let failures = deploys[index].revision.failures(of: .frontend)
        switch deploys[index].state {
        case .new:
            enter(index, .enqueued, at: time, next: isBusy ? nil : pace.queued)
        case .enqueued:
            deploys[index].variables = productionVariables
            enter(index, .building, at: time, next: pace.build)
        case .building where failures.contains(.build):
            fail(index, "Build script returned non-zero exit code: 2", at: time)
        case .building: enter(index, .uploading, at: time, next: pace.upload)
        case .uploading: enter(index, .processing, at: time, next: pace.processing)
        case .processing:
            enter(index, .ready, at: time, next: nil)
            if deploys[index].context == "production", !isLocked { publish(deploys[index].id, at: time) }
            startNext(at: time)
        case .ready, .error, .old: deploys[index].due = nil
        }
    }

    private mutating func enter(
        _ index: Int,
        _ state: NetlifyDeploy.State,
        at time: Timestamp,
        next: Duration?
    ) {
        deploys[index].state = state
        deploys[index].updatedAt = time
        deploys[index].due = next.map { time + $0 }
    }

    private mutating func fail(_ index: Int, _ message: String, at time: Timestamp) {
        enter(index, .error, at: time, next: nil)
        deploys[index].errorMessage = message
        startNext(at: time)
    }

    /// Whether a build is under way: one at a time, the others wait for it.
    private var isBusy: Bool {
        deploys.contains { $0.state.isRunning && $0.state != .new && $0.due != nil }
    }

    private mutating func startNext(at time: Timestamp) {
        guard !isBusy, let index = deploys.firstIndex(where: { $0.state == .enqueued && $0.due == nil })
        else {
            return
        }
        deploys[index].due = time + pace.queued
    }

    /// Ends a build that is under way; false if there is nothing left to cancel.
    mutating func cancel(_ id: String, at now: Timestamp) -> Bool {
        guard let index = deploys.firstIndex(where: { $0.id == id && $0.state.isRunning }) else {
            return false
        }
        fail(index, "Canceled build", at: now)
        return true
    }

    /// Makes a finished deploy what visitors get.
    mutating func publish(_ id: String, at now: Timestamp) {
        guard let index = deploys.firstIndex(where: { $0.id == id }) else { return }
        if deploys[index].publishedAt == nil || restoreRenewsPublication { deploys[index].publishedAt = now }
        deploys[index].updatedAt = now
        published = id
        releases.append(
            DemoRelease(
                deploy: id,
                revision: deploys[index].revision,
                variables: deploys[index].variables,
                since: now
            )
        )
    }

    mutating func setLocked(_ isLocked: Bool) {
        self.isLocked = isLocked
    }

    var productionVariables: [String: String] {
        Dictionary(
            uniqueKeysWithValues: variables.compactMap { variable in
                variable.productionValue.map { (variable.key, $0) }
            }
        )
    }
}
