import LookoutModel

extension Deployment {
    /// Takes the next event in.
    package mutating func apply(_ event: DeploymentEvent) {
        count += 1
        if beganAt == nil {
            beganAt = event.at
            anchors[.began] = event.at
        }
        switch event.kind {
        case .began(let intent, let origin):
            // Said again, it is what people now say of it.
            self.intent = intent
            self.origin = self.origin ?? origin
        case .gateJudged, .ticked, .overridden, .backupSeen: applyGate(event)
        case .mainMoved, .deploySeen, .nothingDeployed, .versionSeen, .variablesChanged: applyMove(event)
        case .watchBegan, .watchExtended, .clockStepped, .alertSeen, .issuesSeen, .validated:
            applyWatch(event)
        case .judged, .diagnosed, .planned, .rollbackSeen, .recovered, .closed: applyEnd(event)
        case .reminded: remindedAt = event.at
        case .noted(let name, let text): notes.append(Note(by: name, text: text, at: event.at))
        case .amended(let field, let text, let name):
            amendments.append(Amendment(field: field, text: text, by: name, at: event.at))
        case .announced(let step): announced.insert(step)
        case .unknown: unknown.append(event)
        }
    }

    private mutating func applyGate(_ event: DeploymentEvent) {
        switch event.kind {
        case .gateJudged(let report): gate = report
        case .ticked(let item, let name): ticks.append(Tick(item: item, by: name, at: event.at))
        case .overridden(let criterion, let name, let reason):
            overrides.append(Override(criterion: criterion, by: name, reason: reason, at: event.at))
        case .backupSeen(let branch, let commit): (backupBranch, backupCommit) = (branch, commit)
        default: break
        }
    }

    private mutating func applyMove(_ event: DeploymentEvent) {
        switch event.kind {
        case .mainMoved(let old, let new):
            let move = Move(from: old, to: new, at: event.at)
            if phase == .rollingBack { rollbackMoves.append(move) } else { moves.append(move) }
            anchors[.moved] = event.at
        case .deploySeen(let deploy):
            if let index = deploys.firstIndex(where: { $0.id == deploy.id && $0.part == deploy.part }) {
                deploys[index] = deploy
            } else if let index = rollbackDeploys.firstIndex(where: { $0.id == deploy.id }) {
                rollbackDeploys[index] = deploy
            } else if phase == .rollingBack {
                rollbackDeploys.append(deploy)
            } else {
                deploys.append(deploy)
                anchors[.deploy(deploy.part)] = event.at
            }
        case .nothingDeployed(let part, let reasons): obstacles[part] = reasons
        case .versionSeen(let check, let before, let after):
            versions.append(VersionChange(check: check, before: before, after: after, at: event.at))
        case .variablesChanged(let part, let changes): variableChanges[part] = changes
        default: break
        }
        if phase == .planned { phase = .following }
    }

    private mutating func applyWatch(_ event: DeploymentEvent) {
        switch event.kind {
        case .watchBegan(let plan):
            watch = plan
            anchors[.watchStart] = plan.start
            if phase < .watching { phase = .watching }
        case .watchExtended(let end): watch?.end = end
        case .clockStepped(let old, let new):
            clockSteps.append(ClockStep(from: old, to: new))
            anchors = anchors.mapValues { $0 + (new - old) }
            guard phase == .watching, let plan = watch else { break }
            watch?.end = plan.end + (new - old)
            watch?.latestEnd = plan.latestEnd + (new - old)
        case .alertSeen(let alert): apply(alert, at: event.at)
        case .issuesSeen(let seen):
            for issue in seen {
                if let index = issues.firstIndex(where: { $0.id == issue.id }) {
                    issues[index] = issue
                } else {
                    issues.append(issue)
                }
            }
        case .validated(let result):
            if let index = validations.firstIndex(where: { $0.item == result.item }) {
                validations[index] = result
            } else {
                validations.append(result)
            }
        default: break
        }
    }

    private mutating func apply(_ alert: WatchedAlert, at time: Timestamp) {
        let key = AlertID(rule: alert.rule, labels: alert.labels)
        let index = alerts.firstIndex { $0.rule == alert.rule && $0.labels == alert.labels }
        if let index { alerts[index] = alert } else { alerts.append(alert) }
        var times = alertTimes[key] ?? AlertTimes(alert, deploymentBegan: beganAt ?? time)
        times.apply(alert, at: time)
        alertTimes[key] = times
    }

    private mutating func applyEnd(_ event: DeploymentEvent) {
        switch event.kind {
        case .judged(let verdict):
            self.verdict = verdict
            judgedAt = event.at
            anchors[.judged] = event.at
            // Another verdict is told again.
            announced.remove(.verdict)
            if phase < .judged { phase = .judged }
        case .diagnosed(let diagnoses): (self.diagnoses, diagnosedAt) = (diagnoses, event.at)
        case .planned(let plan): (self.plan, plannedAt) = (plan, event.at)
        case .rollbackSeen(let part, let detail):
            rollbacks.append(Rollback(part: part, detail: detail, at: event.at))
            // What was rolled back after all is not over: its recovery is to be seen.
            phase = .rollingBack
            anchors[.rolledBack] = event.at
            recoveredAt = nil
            announced.subtract([.rollback, .recovery, .close])
        case .recovered: recoveredAt = event.at
        case .closed(let result):
            self.result = result
            closedAt = event.at
            phase = .closed
        default: break
        }
    }
}

extension DeploymentPhase {
    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    static func < (left: DeploymentPhase, right: DeploymentPhase) -> Bool { left.order < right.order }
    static func >= (left: DeploymentPhase, right: DeploymentPhase) -> Bool { left.order >= right.order }
}
