import LookoutModel

extension RenderServiceState {
    /// Hears of a push: deploys, or does nothing at all where a filter or a setting says so.
    mutating func hear(_ push: DemoPush, at now: Timestamp) {
        guard push.branch == branch, autoDeploys, !isSuspended, isWanted(push) else { return }
        begin(push.revision, trigger: "new_commit", at: now)
    }

    private func isWanted(_ push: DemoPush) -> Bool {
        let words = ["render", "deploy", "cd"].flatMap { ["[skip \($0)]", "[\($0) skip]"] }
        guard !words.contains(where: push.revision.message.contains) else { return false }
        let wanted = buildPaths.map(PathPattern.init)
        let ignored = ignoredPaths.map(PathPattern.init)
        return push.changedFiles.contains { file in
            (rootFolder.isEmpty || !wanted.isEmpty || file.hasPrefix(rootFolder + "/"))
                && (wanted.isEmpty || wanted.contains { $0.matches(file) })
                && !ignored.contains { $0.matches(file) }
        }
    }

    /// Begins a deploy; it waits until the one before it is done.
    @discardableResult
    mutating func begin(
        _ revision: DemoRevision,
        trigger: String,
        at now: Timestamp,
        builds: Bool = true
    ) -> RenderDeploy {
        var deploy = RenderDeploy(
            id: identifier("dep-"),
            revision: revision,
            trigger: trigger,
            createdAt: now,
            builds: builds
        )
        deploy.due = now + .seconds(1)
        // What starts an earlier build again takes that build's artifact.
        deploy.hasArtifact = !builds
        deploys.append(deploy)
        return deploy
    }

    mutating func advance(to now: Timestamp) {
        while let index = nextDue(until: now), let time = deploys[index].due { step(index, at: time) }
    }

    private func nextDue(until now: Timestamp) -> Int? {
        deploys.indices.filter { deploys[$0].due.map { $0 <= now } ?? false }
            .min { (deploys[$0].due ?? now) < (deploys[$1].due ?? now) }
    }

    private mutating func step(_ index: Int, at time: Timestamp) {
        let failures = deploys[index].revision.failures(of: .backend)
        switch deploys[index].status {
        case .created:
            enter(index, .queued, at: time, next: isBusy ? nil : pace.queued)
        case .queued: start(index, at: time)
        case .buildInProgress where failures.contains(.build):
            note("build_ended", ["buildStatus": "failed"], at: time)
            log("build", "error", "==> Build failed: exited with status 1", at: time)
            fail(index, .buildFailed, at: time)
        case .buildInProgress:
            deploys[index].hasArtifact = true
            note("build_ended", ["buildStatus": "succeeded"], at: time)
            log("build", "info", "==> Build successful", at: time)
            if hasPreDeployCommand {
                enter(index, .preDeployInProgress, at: time, next: pace.preDeploy)
            } else {
                update(index, at: time)
            }
        case .preDeployInProgress where failures.contains(.preDeploy):
            log(
                "app",
                "error",
                "==> Pre-deploy command failed: migration 20250820 could not be applied",
                at: time
            )
            fail(index, .preDeployFailed, at: time)
        case .preDeployInProgress: update(index, at: time)
        case .updateInProgress where failures.contains(.update):
            note("server_failed", ["reason": ["unhealthy": "health check timed out"]], at: time)
            log("app", "error", "==> Timed out waiting for /health to answer", at: time)
            fail(index, .updateFailed, at: time)
        case .updateInProgress:
            goLive(index, at: time)
            note("server_available", [:], at: time)
            note("deploy_ended", ended(index, "succeeded"), at: time)
            for line in DemoSymptoms.logLines(of: deploys[index]) { log("app", "error", line, at: time) }
            log("app", "info", "==> Your service is live", at: time)
            startNext(at: time)
        case .live, .deactivated, .buildFailed, .preDeployFailed, .updateFailed, .canceled:
            deploys[index].due = nil
        }
    }

    private mutating func start(_ index: Int, at time: Timestamp) {
        deploys[index].startedAt = time
        note(
            "deploy_started",
            ["deployId": .string(deploys[index].id), "trigger": .string(deploys[index].trigger)],
            at: time
        )
        guard deploys[index].builds else { return update(index, at: time) }
        note("build_started", ["deployId": .string(deploys[index].id)], at: time)
        enter(index, .buildInProgress, at: time, next: pace.build)
    }

    /// Starts the new instance beside the old one, with the variables of this moment.
    private mutating func update(_ index: Int, at time: Timestamp) {
        deploys[index].variables = effectiveVariables
        enter(index, .updateInProgress, at: time, next: pace.update)
        log("app", "info", "==> Starting service with 'uvicorn app.main:app'", at: time)
    }

    private mutating func enter(
        _ index: Int,
        _ status: RenderDeploy.Status,
        at time: Timestamp,
        next: Duration?
    ) {
        deploys[index].status = status
        deploys[index].updatedAt = time
        deploys[index].due = next.map { time + $0 }
    }

    private mutating func fail(_ index: Int, _ status: RenderDeploy.Status, at time: Timestamp) {
        enter(index, status, at: time, next: nil)
        deploys[index].finishedAt = time
        note("deploy_ended", ended(index, status == .canceled ? "canceled" : "failed"), at: time)
        startNext(at: time)
    }

    /// Whether a deploy is under way, so that others wait.
    private var isBusy: Bool {
        deploys.contains { $0.status.isRunning && $0.status != .created && $0.due != nil }
    }

    /// Lets the deploy go on that has waited longest, unless one is under way.
    private mutating func startNext(at time: Timestamp) {
        guard !isBusy, let index = deploys.firstIndex(where: { $0.status == .queued && $0.due == nil }) else {
            return
        }
        deploys[index].due = time + pace.queued
    }

    /// Ends a deploy that is under way; false if there is nothing left to cancel.
    mutating func cancel(_ index: Int, at now: Timestamp) -> Bool {
        guard deploys[index].status.isRunning else { return false }
        fail(index, .canceled, at: now)
        return true
    }

    private func ended(_ index: Int, _ status: String) -> JSONValue {
        ["deployId": .string(deploys[index].id), "deployStatus": .string(status)]
    }

    mutating func note(_ type: String, _ details: JSONValue, at time: Timestamp) {
        events.append(RenderEvent(id: identifier("evt-"), at: time, type: type, details: details))
    }

    mutating func log(_ type: String, _ level: String, _ message: String, at time: Timestamp) {
        logs.append(
            RenderLogLine(id: identifier("log-"), at: time, type: type, level: level, message: message)
        )
    }
}
