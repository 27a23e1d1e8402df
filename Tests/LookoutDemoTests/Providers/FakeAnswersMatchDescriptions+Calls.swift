import LookoutModel

@testable import LookoutDemo

extension FakeAnswersMatchDescriptions {
    private static func github(
        _ method: String,
        _ target: String,
        _ path: String,
        _ body: JSONValue? = nil,
        status: Int = 200
    ) -> Call {
        Call(
            provider: .github,
            method: method,
            target: "/repos/wheels/wins" + target,
            path: "/repos/{owner}/{repo}" + path,
            body: body,
            status: status
        )
    }

    static let githubCalls: [Call] = [
        github("GET", "/branches", "/branches"),
        github("GET", "/branches/main", "/branches/{branch}"),
        github("GET", "/branches/none", "/branches/{branch}", status: 404),
        github("GET", "/git/matching-refs/heads/backup/main-before-sync-", "/git/matching-refs/{ref}"),
        github("GET", "/git/ref/heads/main", "/git/ref/{ref}"),
        github(
            "POST",
            "/git/refs",
            "/git/refs",
            ["ref": "refs/heads/backup/main-before-sync-20250820-124908", "sha": "COMMIT"],
            status: 201
        ),
        github("POST", "/git/refs", "/git/refs", ["ref": "refs/heads/main", "sha": "COMMIT"], status: 422),
        github(
            "PATCH",
            "/git/refs/heads/staging",
            "/git/refs/{ref}",
            ["sha": "COMMIT", "force": true]
        ),
        github("GET", "/compare/main...staging", "/compare/{basehead}"),
        github("GET", "/compare/main...none", "/compare/{basehead}", status: 404),
        github(
            "POST",
            "/deployments",
            "/deployments",
            ["ref": "main", "required_contexts": [], "description": "by hand"],
            status: 201
        ),
        github("POST", "/deployments", "/deployments", ["ref": "none"], status: 422),
        github("GET", "/commits/COMMIT/status", "/commits/{ref}/status"),
        github(
            "POST",
            "/statuses/COMMIT",
            "/statuses/{sha}",
            ["state": "success", "context": "lookout/preflight", "description": "go"],
            status: 201
        ),
        github("GET", "/commits/staging/check-runs", "/commits/{ref}/check-runs"),
        github("GET", "/pulls/40/reviews", "/pulls/{pull_number}/reviews"),
        Call(provider: .github, method: "GET", target: "/rate_limit", path: "/rate_limit"),
    ]

    private static func sentry(
        _ method: String,
        _ target: String,
        _ path: String,
        _ body: JSONValue? = nil,
        status: Int = 200
    ) -> Call {
        Call(
            provider: .sentry,
            method: method,
            target: "/api/0/organizations/wheels-and-wins" + target,
            path: "/api/0/organizations/{organization_id_or_slug}" + path,
            body: body,
            status: status
        )
    }

    static let sentryCalls: [Call] = [
        sentry("GET", "/issues/?query=is:unresolved&sort=new", "/issues/"),
        sentry("GET", "/issues/5401/", "/issues/{issue_id}/"),
        sentry("GET", "/releases/", "/releases/"),
        sentry("GET", "/releases/RELEASE/", "/releases/{version}/"),
        sentry(
            "POST",
            "/releases/RELEASE/deploys/",
            "/releases/{version}/deploys/",
            ["environment": "production", "name": "netlify"],
            status: 201
        ),
    ]
}
