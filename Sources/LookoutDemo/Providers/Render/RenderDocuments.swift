import LookoutModel

extension RenderServiceState {
    /// The service as the API gives it.
    var document: JSONValue {
        [
            "id": .string(id),
            "name": .string(name),
            "ownerId": .string(owner),
            "type": "web_service",
            "repo": "https://github.com/wheels/wins",
            "branch": .string(branch),
            "autoDeploy": autoDeploys ? "yes" : "no",
            "autoDeployTrigger": autoDeploys ? "commit" : "off",
            "rootDir": .string(rootFolder),
            "slug": .string(name),
            "suspended": isSuspended ? "suspended" : "not_suspended",
            "suspenders": JSONValue(suspenders),
            "notifyOnFail": "default",
            "dashboardUrl": .string("https://dashboard.render.com/web/\(id)"),
            "createdAt": "2025-01-05T10:00:00Z",
            "updatedAt": .string((deploys.last?.updatedAt ?? .epoch).rfc3339),
            "buildFilter": ["paths": JSONValue(buildPaths), "ignoredPaths": JSONValue(ignoredPaths)],
            "serviceDetails": [
                "plan": .string(plan),
                "region": "oregon",
                "runtime": "python",
                "env": "python",
                "buildPlan": "starter",
                "numInstances": 1,
                "healthCheckPath": "/health",
                "url": .string(url),
                "openPorts": [["port": 10000, "protocol": "TCP"]],
                "envSpecificDetails": [:],
            ],
        ]
    }

    func isWanted(by call: ProviderCall) -> Bool {
        if !call.items("name").isEmpty, !call.items("name").contains(name) { return false }
        if !call.items("ownerId").isEmpty, !call.items("ownerId").contains(owner) { return false }
        if !call.items("type").isEmpty, !call.items("type").contains("web_service") { return false }
        let word = isSuspended ? "suspended" : "not_suspended"
        return call.items("suspended").isEmpty || call.items("suspended").contains(word)
    }
}

extension FakeRender {
    func events(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let service = services[try service(call.captures[0])]
        var events = Array(service.events.reversed())
        let types = call.items("type")
        if !types.isEmpty { events.removeAll { !types.contains($0.type) } }
        events.removeAll { !call.covers($0.at) }
        let documents = events.map { event -> (cursor: String, document: JSONValue) in
            (
                "c-" + event.id,
                [
                    "id": .string(event.id), "serviceId": .string(service.id),
                    "timestamp": .string(event.at.rfc3339), "type": .string(event.type),
                    "details": event.details,
                ]
            )
        }
        return .cursorPage(documents, of: call, key: "event")
    }

    /// Lines of the logs of the named services, in the order that is asked for, newest first by default.
    func logs(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        guard let owner = call.item("ownerId") else { throw ProviderRefusal(400, "ownerId is required") }
        let resources = call.items("resource")
        guard !resources.isEmpty else { throw ProviderRefusal(400, "resource is required") }
        let isForward = call.item("direction") == "forward"
        let found = services.filter { $0.owner == owner && resources.contains($0.id) }
            .flatMap { service in service.logs.map { (service: service.id, line: $0) } }
            .filter { call.covers($0.line.at) && $0.line.isWanted(by: call) }
            .sorted { isForward ? $0.line.at < $1.line.at : $0.line.at > $1.line.at }
        let limit = call.number("limit", default: 20, in: 1...100)
        let shown = found.prefix(limit)
        let next = found.dropFirst(limit).first?.line.at ?? found.last?.line.at ?? call.now
        return .json(
            200,
            [
                "hasMore": .bool(found.count > limit),
                "nextStartTime": .string((isForward ? next : call.time("startTime") ?? next).rfc3339),
                "nextEndTime": .string((isForward ? call.time("endTime") ?? call.now : next).rfc3339),
                "logs": .array(shown.map { $0.line.document(of: $0.service) }),
            ]
        )
    }
}

extension RenderLogLine {
    func isWanted(by call: ProviderCall) -> Bool {
        let texts = call.items("text")
        if !texts.isEmpty, !texts.contains(where: { message.contains($0) }) { return false }
        if !call.items("level").isEmpty, !call.items("level").contains(level) { return false }
        return call.items("type").isEmpty || call.items("type").contains(type)
    }

    func document(of service: String) -> JSONValue {
        [
            "id": .string(id),
            "message": .string(message),
            "timestamp": .string(at.rfc3339),
            "labels": [
                ["name": "resource", "value": .string(service)], ["name": "type", "value": .string(type)],
                ["name": "level", "value": .string(level)],
            ],
        ]
    }
}

extension ProviderCall {
    /// A time of the query.
    func time(_ name: String) -> Timestamp? {
        item(name).flatMap(Timestamp.init(rfc3339:))
    }

    /// Whether a time lies from `startTime` to `endTime`.
    func covers(_ time: Timestamp) -> Bool {
        (self.time("startTime").map { time >= $0 } ?? true)
            && (self.time("endTime").map { time <= $0 } ?? true)
    }
}
