import LookoutModel

extension FakeGitHub {
    /// The address of the repository in the API.
    var base: String { "https://api.github.com/repos/\(owner)/\(repository)" }
    var page: String { "https://github.com/\(owner)/\(repository)" }

    var repositoryDocument: JSONValue {
        [
            "id": 1_296_269,
            "name": .string(repository),
            "full_name": .string("\(owner)/\(repository)"),
            "private": true,
            "html_url": .string(page),
            "url": .string(base),
            "default_branch": "main",
            "permissions": [
                "pull": true, "push": .bool(account.grants.values.contains(where: \.canWrite)),
                "admin": false,
            ],
        ]
    }

    func user(_ login: String) -> JSONValue {
        let base = "https://api.github.com/users/\(login)"
        return [
            "login": .string(login), "id": 583_231, "node_id": "MDQ6VXNlcjU4MzIzMQ==",
            "avatar_url": "https://avatars.githubusercontent.com/u/583231", "gravatar_id": "",
            "url": .string(base), "html_url": .string("https://github.com/\(login)"),
            "followers_url": .string(base + "/followers"),
            "following_url": .string(base + "/following{/other_user}"),
            "gists_url": .string(base + "/gists{/gist_id}"),
            "starred_url": .string(base + "/starred{/owner}{/repo}"),
            "subscriptions_url": .string(base + "/subscriptions"),
            "organizations_url": .string(base + "/orgs"), "repos_url": .string(base + "/repos"),
            "events_url": .string(base + "/events{/privacy}"),
            "received_events_url": .string(base + "/received_events"), "type": "User", "site_admin": false,
        ]
    }

    func rateLimit(at now: Timestamp) -> JSONValue {
        let rate: JSONValue = [
            "limit": JSONValue(budget.limit), "remaining": JSONValue(budget.remaining),
            "used": JSONValue(budget.limit - budget.remaining),
            "reset": .int(budget.reset(at: now).microseconds / 1_000_000),
        ]
        return ["resources": ["core": rate, "search": rate], "rate": rate]
    }

    func reference(_ branch: String, _ id: String) -> JSONValue {
        [
            "ref": .string("refs/heads/\(branch)"), "node_id": "REF_kwDOAJy2KK9yZWZz",
            "url": .string("\(base)/git/refs/heads/\(branch)"),
            "object": ["type": "commit", "sha": .string(id), "url": .string("\(base)/git/commits/\(id)")],
        ]
    }

    func shortBranch(_ name: String) -> JSONValue {
        let id = history.branches[name] ?? ""
        return [
            "name": .string(name),
            "commit": ["sha": .string(id), "url": .string("\(base)/commits/\(id)")],
            "protected": .bool(protections[name] != nil),
        ]
    }

    func branch(_ name: String, _ head: DemoRevision) -> JSONValue {
        [
            "name": .string(name),
            "commit": document(of: head),
            "_links": ["html": .string("\(page)/tree/\(name)"), "self": .string("\(base)/branches/\(name)")],
            "protected": .bool(protections[name] != nil),
            "protection": protections[name].map(summary) ?? ["enabled": false],
            "protection_url": .string("\(base)/branches/\(name)/protection"),
        ]
    }

    /// What everybody may read of a protection.
    private func summary(of protection: GitHubProtection) -> JSONValue {
        document(of: protection)
            .with([
                "enabled": true,
                "required_status_checks": [
                    "enforcement_level": "non_admins", "contexts": JSONValue(protection.requiredContexts),
                    "checks": [],
                ],
            ])
    }

    func document(of protection: GitHubProtection) -> JSONValue {
        var document: [String: JSONValue] = [
            "allow_force_pushes": ["enabled": .bool(protection.allowsForcePush)],
            "lock_branch": ["enabled": .bool(protection.isLocked)],
            "enforce_admins": [
                "enabled": true, "url": .string("\(base)/branches/main/protection/enforce_admins"),
            ],
            "allow_deletions": ["enabled": false],
        ]
        if protection.requiresReviews {
            document["required_pull_request_reviews"] = [
                "dismiss_stale_reviews": true, "require_code_owner_reviews": false,
                "required_approving_review_count": 1,
            ]
        }
        return .object(document)
    }

    func document(of revision: DemoRevision) -> JSONValue {
        let person: JSONValue = [
            "name": .string(revision.author), "email": "ada@example.com",
            "date": .string(revision.at.rfc3339),
        ]
        return [
            "sha": .string(revision.id), "node_id": "C_kwDOAJy2KNoAKDk",
            "url": .string("\(base)/commits/\(revision.id)"),
            "html_url": .string("\(page)/commit/\(revision.id)"),
            "comments_url": .string("\(base)/commits/\(revision.id)/comments"),
            "commit": [
                "url": .string("\(base)/git/commits/\(revision.id)"), "author": person, "committer": person,
                "message": .string(revision.message), "comment_count": 0,
                "tree": [
                    "sha": .string(Identifiers.commit("tree \(revision.id)")),
                    "url": .string("\(base)/git/trees/\(revision.id)"),
                ],
            ],
            "author": user("ada"), "committer": user("ada"),
            "parents": .array(
                revision.parents.map {
                    ["sha": .string($0), "url": .string("\(base)/commits/\($0)")]
                }
            ),
        ]
    }

    func comparison(
        from old: DemoRevision,
        to new: DemoRevision,
        mergeBase: DemoRevision,
        _ call: ProviderCall
    ) -> JSONValue {
        let ahead = history.commits(from: old.id, to: new.id)
        let behind = history.commits(from: new.id, to: old.id)
        let size = call.number("per_page", default: 250, in: 1...250)
        let shown = ahead.dropFirst((call.number("page", default: 1, in: 1...10_000) - 1) * size).prefix(size)
        let status =
            switch (ahead.isEmpty, behind.isEmpty) {
            case (true, true): "identical"
            case (false, true): "ahead"
            case (true, false): "behind"
            case (false, false): "diverged"
            }
        let range = "\(old.id)...\(new.id)"
        // Three dots: what the second has changed since they parted.
        let files = Set(ahead.flatMap(\.files)).sorted()
        return [
            "url": .string("\(base)/compare/\(range)"), "html_url": .string("\(page)/compare/\(range)"),
            "permalink_url": .string("\(page)/compare/\(range)"),
            "diff_url": .string("\(page)/compare/\(range).diff"),
            "patch_url": .string("\(page)/compare/\(range).patch"), "base_commit": document(of: old),
            "merge_base_commit": document(of: mergeBase), "status": .string(status),
            "ahead_by": JSONValue(ahead.count), "behind_by": JSONValue(behind.count),
            "total_commits": JSONValue(ahead.count), "commits": .array(shown.map(document)),
            "files": .array(files.map(fileEntry)),
        ]
    }

    private func fileEntry(_ path: String) -> JSONValue {
        [
            "sha": .string(Identifiers.commit("blob \(path)")), "filename": .string(path),
            "status": "modified",
            "additions": 3, "deletions": 1, "changes": 4, "blob_url": .string("\(page)/blob/main/\(path)"),
            "raw_url": .string("\(page)/raw/main/\(path)"),
            "contents_url": .string("\(base)/contents/\(path)?ref=main"),
        ]
    }
}
