import LookoutModel

extension FakeGitHub {
    func document(of pull: GitHubPull) -> JSONValue {
        [
            "id": JSONValue(pull.number + 40_000), "number": JSONValue(pull.number),
            "title": .string(pull.title),
            "state": pull.mergedAt == nil ? "open" : "closed", "draft": false, "user": user(pull.author),
            "url": .string("\(base)/pulls/\(pull.number)"),
            "html_url": .string("\(page)/pull/\(pull.number)"), "merged_at": JSONValue(pull.mergedAt),
            "merge_commit_sha": JSONValue(pull.mergeCommit),
            "head": ["ref": "staging", "sha": .string(pull.head)], "base": ["ref": .string(pull.base)],
        ]
    }

    func document(of review: GitHubPull.Review, _ index: Int, in pull: GitHubPull) -> JSONValue {
        let page: JSONValue = .string("\(page)/pull/\(pull.number)#pullrequestreview-\(index)")
        let address: JSONValue = .string("\(base)/pulls/\(pull.number)")
        return [
            "id": JSONValue(index + 1), "node_id": "PRR_kwDOAJy2KM4", "user": user(review.user), "body": "",
            "state": .string(review.state), "html_url": page, "pull_request_url": address,
            "_links": ["html": ["href": page], "pull_request": ["href": address]],
            "submitted_at": .string(review.at.rfc3339), "commit_id": .string(review.commit),
            "author_association": "COLLABORATOR",
        ]
    }

    func document(of check: GitHubCheck, at id: String) -> JSONValue {
        [
            "id": 4, "head_sha": .string(id), "node_id": "CR_kwDOAJy2KM8", "external_id": "",
            "url": .string("\(base)/check-runs/4"), "html_url": .string("\(page)/runs/4"),
            "details_url": .string("\(page)/actions/runs/4"), "status": .string(check.status),
            "conclusion": JSONValue(check.conclusion), "started_at": .string(check.at.rfc3339),
            "completed_at": check.conclusion == nil ? .null : .string((check.at + .seconds(90)).rfc3339),
            "output": [
                "title": .null, "summary": .null, "text": .null, "annotations_count": 0,
                "annotations_url": .string("\(base)/check-runs/4/annotations"),
            ],
            "name": .string(check.name), "check_suite": ["id": 5], "app": .null, "pull_requests": [],
        ]
    }

    func document(of status: GitHubStatus, at id: String) -> JSONValue {
        [
            "url": .string("\(base)/statuses/\(id)"), "avatar_url": .null, "id": JSONValue(status.id),
            "node_id": "SC_kwDOAJy2KM8", "state": .string(status.state),
            "description": JSONValue(status.description), "target_url": JSONValue(status.targetURL),
            "context": .string(status.context), "created_at": .string(status.at.rfc3339),
            "updated_at": .string(status.at.rfc3339),
        ]
    }

    /// The combined status: failure if one failed, pending if one is or if there is none.
    func combined(_ statuses: [GitHubStatus], _ page: JSONValue, of id: String) -> JSONValue {
        let states = Set(statuses.map(\.state))
        let state =
            if states.contains("failure") || states.contains("error") {
                "failure"
            } else if states.isEmpty || states.contains("pending") {
                "pending"
            } else {
                "success"
            }
        return [
            "state": .string(state), "statuses": page, "sha": .string(id),
            "total_count": JSONValue(statuses.count),
            "repository": repositoryDocument, "commit_url": .string("\(base)/commits/\(id)"),
            "url": .string("\(base)/commits/\(id)/status"),
        ]
    }

    func document(of deployment: GitHubDeployment) -> JSONValue {
        let address = "\(base)/deployments/\(deployment.id)"
        return [
            "url": .string(address), "id": JSONValue(deployment.id), "node_id": "DE_kwDOAJy2KM8",
            "sha": .string(deployment.sha), "ref": .string(deployment.ref), "task": .string(deployment.task),
            "payload": [:], "original_environment": .string(deployment.environment),
            "environment": .string(deployment.environment), "description": JSONValue(deployment.description),
            "creator": user("lookout-bot"), "created_at": .string(deployment.at.rfc3339),
            "updated_at": .string((deployment.statuses.last?.at ?? deployment.at).rfc3339),
            "statuses_url": .string(address + "/statuses"), "repository_url": .string(base),
        ]
    }

    func document(of status: GitHubDeployment.Status, in deployment: GitHubDeployment) -> JSONValue {
        let address = "\(base)/deployments/\(deployment.id)"
        return [
            "url": .string("\(address)/statuses/\(status.id)"), "id": JSONValue(status.id),
            "node_id": "DES_kwDOAJy2KM8", "state": .string(status.state), "creator": user("lookout-bot"),
            "description": .string(status.description), "environment": .string(deployment.environment),
            "target_url": .string(status.logURL), "log_url": .string(status.logURL),
            "environment_url": .string(status.environmentURL), "created_at": .string(status.at.rfc3339),
            "updated_at": .string(status.at.rfc3339), "deployment_url": .string(address),
            "repository_url": .string(base),
        ]
    }
}
