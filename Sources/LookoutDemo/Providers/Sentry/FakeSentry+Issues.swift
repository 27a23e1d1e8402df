import LookoutModel

extension FakeSentry {
    func issueList(_ call: ProviderCall, project: String? = nil) throws(ProviderRefusal) -> DemoReply {
        try check(call, scope: "event:read")
        let filter = try SentryQuery(call.item("query") ?? "is:unresolved", now: call.now)
        let slugs = project.map { [$0] } ?? call.items("project")
        let environments = call.items("environment")
        let found = issues.filter { issue in
            issue.firstSeen(at: call.now) != nil && filter.accepts(issue)
                && (slugs.isEmpty || slugs.contains(issue.project)
                    || slugs.contains(number(of: issue.project)))
                && (environments.isEmpty || environments.contains(issue.environment))
                && isSeen(issue, within: call)
        }
        let isByDate = call.item("sort") != "new"
        let sorted = found.sorted { one, other in
            let times =
                isByDate
                ? (one.lastSeen(at: call.now), other.lastSeen(at: call.now))
                : (one.firstSeen(at: call.now), other.firstSeen(at: call.now))
            return (times.0 ?? .epoch, one.id) > (times.1 ?? .epoch, other.id)
        }
        return .sentryPage(sorted.map { rowDocument(of: $0, at: call.now) }, of: call)
    }

    /// Whether it was seen in the time that is asked for.
    private func isSeen(_ issue: SentryIssue, within call: ProviderCall) -> Bool {
        guard let last = issue.lastSeen(at: call.now), let first = issue.firstSeen(at: call.now) else {
            return false
        }
        if let start = call.time("start"), last < start { return false }
        if let end = call.time("end"), first > end { return false }
        guard let period = call.item("statsPeriod").flatMap(SentryQuery.duration) else { return true }
        return last >= call.now - period
    }

    func issue(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try check(call, scope: "event:read")
        guard let issue = issues.first(where: { $0.id == call.captures[1] || $0.shortID == call.captures[1] })
        else { throw .notFound("The requested resource does not exist") }
        return .json(
            200,
            document(of: issue, at: call.now)
                .with([
                    "activity": .array(issue.returns(at: call.now)), "seenBy": [], "participants": [],
                    "userReportCount": 0,
                    "firstRelease": ["version": .string(issue.firstRelease)],
                ])
        )
    }

    func number(of project: String) -> String {
        String(2 + (projects.values.sorted().firstIndex(of: project) ?? 0))
    }

    func document(of issue: SentryIssue, at now: Timestamp) -> JSONValue {
        let first = JSONValue(issue.firstSeen(at: now))
        let last = JSONValue(issue.lastSeen(at: now))
        let count = issue.count(at: now)
        let hour = now.microseconds / 3_600_000_000 * 3600
        return [
            "id": .string(issue.id), "shareId": .null, "shortId": .string(issue.shortID),
            "title": .string(issue.title), "culprit": .string(issue.culprit),
            "permalink": .string("https://\(organization).sentry.io/issues/\(issue.id)/"), "logger": .null,
            "level": .string(issue.level), "status": issue.isUnresolved(at: now) ? "unresolved" : "resolved",
            "statusDetails": [:], "substatus": JSONValue(issue.substatus(at: now)), "isPublic": false,
            "platform": "javascript", "priority": "high", "priorityLockedAt": .null,
            "seerFixabilityScore": .null, "seerAutofixLastTriggered": .null,
            "seerExplorerAutofixLastTriggered": .null,
            "project": [
                "id": .string(number(of: issue.project)), "name": .string(issue.project),
                "slug": .string(issue.project), "platform": "javascript",
            ],
            "type": "error", "issueType": "error", "issueCategory": "error",
            "metadata": ["value": .string(issue.title), "type": "Error"], "numComments": 0,
            "assignedTo": .null,
            "isBookmarked": false, "isSubscribed": false, "subscriptionDetails": .null, "hasSeen": false,
            "annotations": [], "isUnhandled": true, "count": .string(String(count)),
            "userCount": JSONValue((count + 2) / 3), "firstSeen": first, "lastSeen": last,
            "stats": ["24h": [[.int(hour), JSONValue(count)]]],
        ]
    }

    /// What a list says beyond the issue itself, by the description.
    private func rowDocument(of issue: SentryIssue, at now: Timestamp) -> JSONValue {
        let document = document(of: issue, at: now)
        let first = document["firstSeen"] ?? .null
        return document.with([
            "derivedData": [
                "blocker": "none", "progress": "not_started", "status": "open", "viewCount": 0,
                "hasOpenFixPr": false, "isAssigned": false, "hasRootCause": false,
                "lastCompletedAutofixStep": "",
                "lastProgressedAt": .null,
            ],
            "lifetime": [
                "count": document["count"] ?? .null, "userCount": document["userCount"] ?? .null,
                "firstSeen": first, "lastSeen": document["lastSeen"] ?? .null, "stats": .null,
            ],
            "filtered": .null, "sessionCount": 0, "integrationIssues": [], "sentryAppIssues": [],
            "inbox": ["reason": 0, "reason_details": .null, "date_added": first],
            "owners": ["type": "suspectCommit", "owner": "user:1", "date_added": first],
            "latestEventHasAttachments": false, "matchingEventId": .null, "matchingEventEnvironment": .null,
        ])
    }
}

extension SentryIssue {
    /// The entry of the history that says when it came back; empty if it did not.
    fileprivate func returns(at now: Timestamp) -> [JSONValue] {
        guard let resolvedAt, hasRegressed(at: now) else { return [] }
        let moment = stretches.map(\.from).filter { $0 > resolvedAt }.min() ?? resolvedAt
        return [
            [
                "id": "1", "user": .null, "type": "set_regression", "data": [:],
                "dateCreated": .string(moment.rfc3339),
            ]
        ]
    }
}

extension DemoReply {
    /// One page by Sentry's cursors `0:offset:0`, with both links whatever there is behind them.
    static func sentryPage(_ documents: [JSONValue], of call: ProviderCall) -> DemoReply {
        let size = call.number(call.item("limit") == nil ? "per_page" : "limit", default: 100, in: 1...100)
        let parts = (call.item("cursor") ?? "0:0:0").split(separator: ":").map { Int($0) }
        let offset = max(0, parts.count == 3 ? parts[1] ?? 0 : 0)
        let items = call.query.filter { $0.name != "cursor" }
            .map { "\(PercentCoding.encoded($0.name))=\(PercentCoding.encoded($0.value))" }
        func link(_ relation: String, _ offset: Int, _ isThere: Bool) -> String {
            let query = (items + ["cursor=0:\(offset):\(relation == "next" ? 0 : 1)"]).joined(separator: "&")
            return "<\(call.origin)\(call.path)/?\(query)>; rel=\"\(relation)\"; results=\"\(isThere)\"; "
                + "cursor=\"0:\(offset):\(relation == "next" ? 0 : 1)\""
        }
        let shown = documents.dropFirst(offset).prefix(size)
        var reply = json(200, .array(Array(shown)))
        let links = [
            link("previous", max(0, offset - size), offset > 0),
            link("next", offset + size, offset + size < documents.count),
        ]
        reply.headers.append(("link", links.joined(separator: ", ")))
        return reply
    }
}
