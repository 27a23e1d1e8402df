import LookoutModel

/// The options of one side: its provider gives users an earlier deploy again, without building anything.
struct HostRollback {
    let facts: RollbackFacts
    let host: RollbackFacts.Host
    let part: EnvironmentPart

    /// The option that gives users the target again, with what it undoes of the changes.
    func option(
        to target: ProviderDeploy,
        from live: ProviderDeploy,
        changes: ChangeList
    ) -> RollbackPlan.Option {
        let isRender = host.provider == "render"
        var option = RollbackPlan.Option(
            isRender ? .render : .netlify,
            title: title(target),
            target: target.id,
            proof: proof(target, live: live),
            steps: isRender ? renderSteps(target) : netlifySteps(target),
            afterwards: isRender ? renderAfterwards : netlifyAfterwards(target),
            undoes: changes.undone(by: target.commit, in: part),
            leaves: changes.left(by: part),
            cautions: changes.cautions(for: part)
        )
        if isRender {
            option.cautions.append(
                "Render keeps the build of a deploy only for a time; if it is gone, the answer is an error and git is the way"
            )
            if host.service.value?.plan == "free" {
                option.cautions.append(
                    "on the free plan the first answer after the switch can take about a minute"
                )
            }
        } else if let locked = lockedDeploy, locked != target.id {
            option.cautions.append(
                "the site was locked to \(PlainText.line(locked, atMost: 100)) before: somebody did that on purpose"
            )
        }
        return option
    }

    private func title(_ target: ProviderDeploy) -> String {
        let commit = target.commit.map { " (\($0.short))" } ?? ""
        let id = PlainText.line(target.id, atMost: 100)
        return host.provider == "render"
            ? "roll the \(part.rawValue) back to Render's deploy \(id)\(commit)"
            : "publish Netlify's deploy \(id)\(commit) of the \(part.rawValue) again"
    }

    private func proof(_ target: ProviderDeploy, live: ProviderDeploy) -> [String] {
        var proof: [String] = []
        if target.id == live.id {
            proof.append("\(PlainText.line(target.id, atMost: 100)) is live now")
        } else if let liveAt = target.liveAt {
            proof.append(
                "\(PlainText.line(target.id, atMost: 100)) was live since \(liveAt.rfc3339), before "
                    + "\(PlainText.line(live.id, atMost: 100)), which is live now"
            )
        }
        if let before = facts.git?.before, target.commit == before {
            proof.append(
                "it was built from \(before.short), which \(branch) pointed at before the deployment"
            )
        } else if let commit = target.commit {
            proof.append("it was built from \(commit.short)")
        } else {
            proof.append("\(host.provider) does not say from which commit it was built")
        }
        return proof
    }

    private var branch: String { PlainText.line(facts.git?.branch ?? "main", atMost: 100) }

    private var command: ProviderCommand { ProviderCommand(host) }

    // MARK: Netlify

    private func netlifySteps(_ target: ProviderDeploy) -> [RollbackPlan.Step] {
        [
            RollbackPlan.Step(
                "publish the earlier deploy (dashboard: Deploys, \(target.createdAt.rfc3339), Publish deploy)",
                command: command.request("POST", ["sites", host.id, "deploys", target.id, "restore"])
            ),
            RollbackPlan.Step(
                "lock the site to it, or the next push to \(branch) publishes again",
                command: command.request("POST", ["deploys", target.id, "lock"])
            ),
        ]
    }

    private func netlifyAfterwards(_ target: ProviderDeploy) -> [RollbackPlan.Step] {
        guard lockedDeploy == nil else { return [] }
        return [
            RollbackPlan.Step(
                "unlock the site, once \(branch) no longer has the change",
                command: command.request("POST", ["deploys", target.id, "unlock"])
            )
        ]
    }

    /// The deploy that publishing was pinned to before anything was rolled back.
    private var lockedDeploy: String? {
        host.service.value?.obstacles.compactMap { obstacle in
            if case .locked(let deploy) = obstacle { deploy } else { nil }
        }.first
    }

    // MARK: Render

    private func renderSteps(_ target: ProviderDeploy) -> [RollbackPlan.Step] {
        let off = RollbackPlan.Step(
            "switch autodeploy off: a rollback does not, and the next push to \(branch) would deploy again",
            command: command.request(
                "PATCH",
                ["services", host.id],
                body: ProviderCommand.json(["autoDeploy": "no"])
            )
        )
        let back = RollbackPlan.Step(
            "roll back to the earlier deploy (dashboard: Deploys, \(target.createdAt.rfc3339), Rollback)",
            command: command.request(
                "POST",
                ["services", host.id, "rollback"],
                body: ProviderCommand.json(["deployId": .string(target.id)])
            )
        )
        return host.service.value?.deploysByItself == false ? [back] : [off, back]
    }

    private var renderAfterwards: [RollbackPlan.Step] {
        let isOn = host.service.value?.deploysByItself
        guard isOn != false else { return [] }
        return [
            RollbackPlan.Step(
                "switch autodeploy on again\(isOn == nil ? " if it was on" : ""), once \(branch) no longer has the change",
                command: command.request(
                    "PATCH",
                    ["services", host.id],
                    body: ProviderCommand.json(["autoDeploy": "yes"])
                )
            )
        ]
    }
}
