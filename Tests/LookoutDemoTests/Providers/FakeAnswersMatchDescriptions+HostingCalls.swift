import LookoutModel

@testable import LookoutDemo

/// `DEPLOY` and `COMMIT` stand for one that is there.
extension FakeAnswersMatchDescriptions {
    private static func netlify(
        _ method: String,
        _ target: String,
        _ path: String,
        _ body: JSONValue? = nil,
        status: Int = 200
    ) -> Call {
        let site = StandardNames.production.netlifySite
        return Call(
            provider: .netlify,
            method: method,
            target: "/api/v1" + target.replacing("SITE", with: site),
            path: path,
            body: body,
            status: status
        )
    }

    static let netlifyCalls: [Call] = [
        netlify("GET", "/sites/SITE", "/sites/{site_id}"),
        netlify("GET", "/sites/SITE/deploys", "/sites/{site_id}/deploys"),
        netlify("GET", "/sites/SITE/deploys/DEPLOY", "/sites/{site_id}/deploys/{deploy_id}"),
        netlify("GET", "/deploys/DEPLOY", "/deploys/{deploy_id}"),
        netlify("GET", "/deploys/none", "/deploys/{deploy_id}", status: 404),
        netlify(
            "POST",
            "/sites/SITE/deploys/DEPLOY/restore",
            "/sites/{site_id}/deploys/{deploy_id}/restore",
            status: 201
        ),
        netlify("PUT", "/sites/SITE/rollback", "/sites/{site_id}/rollback", status: 204),
        netlify("POST", "/deploys/DEPLOY/lock", "/deploys/{deploy_id}/lock"),
        netlify("POST", "/deploys/DEPLOY/unlock", "/deploys/{deploy_id}/unlock"),
        netlify("GET", "/accounts/wheels-and-wins/env?site_id=SITE", "/accounts/{account_id}/env"),
        netlify(
            "GET",
            "/accounts/wheels-and-wins/env/SENTRY_AUTH_TOKEN?site_id=SITE",
            "/accounts/{account_id}/env/{key}"
        ),
        netlify(
            "PUT",
            "/accounts/wheels-and-wins/env/VITE_BACKEND_URL?site_id=SITE",
            "/accounts/{account_id}/env/{key}",
            ["key": "VITE_BACKEND_URL", "values": [["context": "all", "value": "https://x.example"]]]
        ),
        netlify(
            "PATCH",
            "/accounts/wheels-and-wins/env/VITE_BACKEND_URL?site_id=SITE",
            "/accounts/{account_id}/env/{key}",
            ["context": "production", "value": "https://x.example"],
            status: 201
        ),
        netlify("GET", "/api/v1/sites/SITE/env", "/api/v1/sites/{site_id}/env"),
        netlify("GET", "/sites/SITE/builds", "/sites/{site_id}/builds"),
    ]

    private static func render(
        _ method: String,
        _ target: String,
        _ path: String,
        _ body: JSONValue? = nil,
        status: Int = 200
    ) -> Call {
        Call(
            provider: .render,
            method: method,
            target: "/v1" + target.replacing("SERVICE", with: StandardNames.production.renderService),
            path: path,
            body: body,
            status: status
        )
    }

    static let renderCalls: [Call] = [
        render("GET", "/services", "/services"),
        render("GET", "/services/SERVICE", "/services/{serviceId}"),
        render("GET", "/services/srv-none", "/services/{serviceId}", status: 404),
        render("PATCH", "/services/SERVICE", "/services/{serviceId}", ["autoDeploy": "no"]),
        render("GET", "/services/SERVICE/deploys", "/services/{serviceId}/deploys"),
        render(
            "POST",
            "/services/SERVICE/deploys",
            "/services/{serviceId}/deploys",
            ["deployMode": "deploy_only"],
            status: 201
        ),
        render("GET", "/services/SERVICE/deploys/DEPLOY", "/services/{serviceId}/deploys/{deployId}"),
        render(
            "POST",
            "/services/SERVICE/rollback",
            "/services/{serviceId}/rollback",
            ["deployId": "DEPLOY"],
            status: 201
        ),
        render("GET", "/services/SERVICE/env-vars", "/services/{serviceId}/env-vars"),
        render(
            "PUT",
            "/services/SERVICE/env-vars",
            "/services/{serviceId}/env-vars",
            [["key": "A", "value": "1"], ["key": "B", "generateValue": true]]
        ),
        render("GET", "/services/SERVICE/env-vars/DEBUG", "/services/{serviceId}/env-vars/{envVarKey}"),
        render(
            "PUT",
            "/services/SERVICE/env-vars/DEBUG",
            "/services/{serviceId}/env-vars/{envVarKey}",
            ["value": "true"]
        ),
        render("GET", "/services/SERVICE/events", "/services/{serviceId}/events"),
        render("GET", "/logs?ownerId=tea-d1wheelsandwins0&resource=SERVICE", "/logs"),
    ]

    private static func supabase(_ target: String, _ path: String) -> Call {
        let reference = StandardNames.production.supabaseProject
        return Call(
            provider: .supabase,
            method: "GET",
            target: target.replacing("REF", with: reference),
            path: path
        )
    }

    static let supabaseCalls: [Call] = [
        supabase("/v1/projects", "/v1/projects"),
        supabase("/v1/projects/REF", "/v1/projects/{ref}"),
        supabase(
            "/v1/projects/REF/health?services=auth&services=db&services=rest",
            "/v1/projects/{ref}/health"
        ),
        supabase("/v1/projects/REF/database/backups", "/v1/projects/{ref}/database/backups"),
        supabase("/v1/projects/REF/readonly", "/v1/projects/{ref}/readonly"),
    ]
}
