import LookoutModel

extension FakeSentry {
    func release(_ call: ProviderCall) throws(ProviderRefusal) -> Int {
        try check(call, scope: call.method == "GET" ? "project:read" : "project:releases")
        guard let index = releases.firstIndex(where: { $0.version == call.captures[1] }) else {
            throw .notFound("The requested resource does not exist")
        }
        return index
    }

    func releaseList(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call, scope: "project:read")
        let slugs = call.items("project")
        let query = call.item("query") ?? ""
        let found = releases.filter { release in
            release.at <= call.now && release.version.hasPrefix(query)
                && (slugs.isEmpty || slugs.contains(release.project)
                    || slugs.contains(number(of: release.project)))
        }
        let sorted = found.sorted { ($0.at, $0.version) > ($1.at, $1.version) }
        return .sentryPage(sorted.map { document(of: $0, at: call.now) }, of: call)
    }

    mutating func recordDeploy(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let index = try release(call)
        guard let environment = call.body?["environment"]?.string else {
            throw ProviderRefusal(400, "environment: This field is required.")
        }
        let deploy = SentryDeploy(
            id: String(makeNumber()),
            environment: environment,
            name: call.body?["name"]?.string,
            url: call.body?["url"]?.string,
            startedAt: call.body?["dateStarted"]?.string,
            finishedAt: call.body?["dateFinished"]?.string ?? call.now.rfc3339
        )
        releases[index].deploys.append(deploy)
        return .json(201, deploy.document)
    }

    func document(of release: SentryRelease, at now: Timestamp) -> JSONValue {
        let new = issues.filter { $0.firstRelease == release.version && $0.firstSeen(at: now) != nil }.count
        return [
            "id": JSONValue(1_122_684_517), "version": .string(release.version), "ref": .null, "url": .null,
            "status": "open", "shortVersion": .string(release.version), "versionInfo": .null, "data": [:],
            "dateCreated": .string(release.at.rfc3339), "dateReleased": .string(release.at.rfc3339),
            "newGroups": JSONValue(new), "commitCount": 0, "deployCount": JSONValue(release.deploys.count),
            "lastDeploy": release.deploys.last?.document ?? .null, "lastCommit": .null, "owner": .null,
            "firstEvent": .null, "lastEvent": .null, "authors": [],
            "projects": [
                [
                    "id": .int(Int64(number(of: release.project)) ?? 0), "slug": .string(release.project),
                    "name": .string(release.project), "platform": "javascript", "platforms": ["javascript"],
                    "hasHealthData": false, "newGroups": JSONValue(new),
                ]
            ],
        ]
    }
}

extension SentryDeploy {
    var document: JSONValue {
        [
            "id": .string(id), "environment": .string(environment), "name": JSONValue(name),
            "url": JSONValue(url), "dateStarted": JSONValue(startedAt), "dateFinished": .string(finishedAt),
        ]
    }
}
