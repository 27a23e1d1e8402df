import LookoutModel

extension NetlifyDeploy {
    /// The deploy as the API gives it.
    func document(in site: NetlifySiteState) -> JSONValue {
        let admin = "https://app.netlify.com/sites/\(site.name)"
        return [
            "id": .string(id),
            "site_id": .string(site.id),
            "user_id": "5f1e0c7a9b1d2c0008a1b2c3",
            "build_id": .string("b" + id.dropFirst()),
            "state": .string(state.rawValue),
            "name": .string(site.name),
            "url": .string(site.url),
            "ssl_url": .string(site.url),
            "admin_url": .string(admin),
            "deploy_url": .string(permalink(in: site)),
            "deploy_ssl_url": .string(permalink(in: site)),
            "draft": false,
            "required": [],
            "required_functions": [],
            "error_message": JSONValue(errorMessage),
            "branch": .string(branch),
            "commit_ref": .string(revision.id),
            "commit_url": .string("https://github.com/wheels/wins/commit/\(revision.id)"),
            "skipped": isSkipped ? true : .null,
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(updatedAt.rfc3339),
            "published_at": JSONValue(publishedAt),
            "title": .string(revision.title),
            "context": .string(context),
            "locked": .bool(site.isLocked && site.published == id),
            "framework": "vite",
            "function_schedules": [],
        ]
    }

    /// Where exactly this build is served, whatever is published.
    func permalink(in site: NetlifySiteState) -> String { "\(site.url)\(Self.permalinkPath)\(id)/" }

    static let permalinkPath = "/__deploys/"

    var buildDocument: JSONValue {
        [
            "id": .string("b" + id.dropFirst()),
            "deploy_id": .string(id),
            "sha": .string(revision.id),
            "done": .bool(!state.isRunning),
            "error": JSONValue(errorMessage),
            "created_at": .string(createdAt.rfc3339),
        ]
    }
}

extension NetlifySiteState {
    /// The site as the API gives it.
    var document: JSONValue {
        [
            "id": .string(id),
            "state": "current",
            "name": .string(name),
            "url": .string(url),
            "ssl_url": .string(url),
            "admin_url": .string("https://app.netlify.com/sites/\(name)"),
            "ssl": true,
            "account_id": .string(account),
            "account_name": "Wheels and Wins",
            "account_slug": .string(account),
            "git_provider": "github",
            "published_deploy": published.flatMap(deploy)?.document(in: self) ?? .null,
            "build_settings": [
                "provider": "github",
                "repo_path": "wheels/wins",
                "repo_url": "https://github.com/wheels/wins",
                "repo_branch": .string(branch),
                "allowed_branches": JSONValue([branch] + allowedBranches),
                "cmd": "npm run build",
                "dir": "dist",
                "stop_builds": .bool(buildsAreStopped),
            ],
        ]
    }
}

extension FakeNetlify {
    var user: JSONValue {
        ["id": "5f1e0c7a9b1d2c0008a1b2c3", "full_name": "Ada Example", "email": "ada@example.com"]
    }
}
