package import LookoutDeployments
package import LookoutSettings

extension DeploymentSettings.Repository: Settings {
    package init() {
        self.init(place: .folder(""))
    }

    package static var fields: [Field<DeploymentSettings.Repository>] {
        [
            Field(
                "path",
                "A checkout on this machine, which is only read; relative to this file.",
                shape: String.shape
            ) { node, context, root in
                guard let path = String(node, &context) else { return false }
                if path.isEmpty { context.error("path is empty", at: node) }
                root.place = .folder(path)
                return !path.isEmpty
            },
            Field(
                "url",
                "Where the repository is; Lookout keeps a mirror of its own in the data directory.",
                shape: .string(pattern: nil)
            ) { node, context, root in
                guard let address = RepositoryAddress(node, &context) else { return false }
                root.place = .remote(address.text)
                return true
            },
            Field.branch("remote", \.remote, "The remote of the checkout at `path`. Default: origin."),
            Field.branch(
                "backup_prefix",
                \.backupPrefix,
                "How backup branches begin. Default: backup/main-before-sync-.",
                isPrefix: true
            ),
            Field.branch(
                "hotfix_prefix",
                \.hotfixPrefix,
                "How branches of hotfixes begin. Default: hotfix/.",
                isPrefix: true
            ),
            Field(
                "migrations",
                \.migrations,
                "The folder of the database's migrations, such as supabase/migrations."
            ),
            Field("token", \.token, "What git shows to an https remote: a token that may read the contents."),
        ]
    }

    package static func validateKeys(of node: SettingsNode, _ context: inout SettingsContext) {
        switch (node["path"], node["url"]) {
        case (nil, nil):
            context.error(
                "the repository has no place",
                at: node,
                hint: "give its url, or the path of a checkout"
            )
        case (_?, let url?):
            context.error(
                "a repository has a path or a url, not both",
                at: url,
                hint: "leave one of them out"
            )
        default: break
        }
    }
}

extension DeploymentSettings.GitHub: Settings {
    package init() {
        self.init(owner: "", repository: "")
    }

    package static var fields: [Field<DeploymentSettings.GitHub>] {
        [
            Field(
                "repository",
                "Its owner and name: owner/name.",
                required: true,
                shape: .string(pattern: "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$")
            ) { node, context, root in
                guard let text = String(node, &context) else { return false }
                let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, parts.allSatisfy(ProviderIdentifier.isIdentifier) else {
                    context.error(
                        "\"\(text.shortened)\" is not the name of a repository",
                        at: node,
                        hint: "write owner/name"
                    )
                    return false
                }
                (root.owner, root.repository) = (parts[0], parts[1])
                return true
            },
            Field("token", \.token, "A fine-grained token: see docs/providers/github.md."),
            Field.api(\.url, "https://api.github.com"),
        ]
    }
}

extension DeploymentSettings.Netlify: Settings {
    package init() {
        self.init(site: "")
    }

    package static var fields: [Field<DeploymentSettings.Netlify>] {
        [
            Field.identifier("site", \.site, "The site's id (Site configuration, Site ID).", required: true),
            Field.identifier("account", \.account, "The team's id. Default: that of the site."),
            Field("token", \.token, "A personal access token: see docs/providers/netlify.md."),
            Field.api(\.url, "https://api.netlify.com/api/v1"),
        ]
    }
}

extension DeploymentSettings.Render: Settings {
    package init() {
        self.init(service: "")
    }

    package static var fields: [Field<DeploymentSettings.Render>] {
        [
            Field.identifier("service", \.service, "The service's id, such as srv-cvx1.", required: true),
            Field("token", \.token, "An API key: see docs/providers/render.md."),
            Field.api(\.url, "https://api.render.com/v1"),
        ]
    }
}

extension DeploymentSettings.Supabase: Settings {
    package init() {
        self.init(project: "")
    }

    package static var fields: [Field<DeploymentSettings.Supabase>] {
        [
            Field.identifier("project", \.project, "The project's reference: 20 letters.", required: true),
            Field("token", \.token, "An access token: see docs/providers/supabase.md."),
            Field.address("project_url", \.projectURL, "The project's own address, for its auth service."),
            Field("anonymous_key", \.anonymousKey, "The key that the auth service asks for."),
            Field.api(\.url, "https://api.supabase.com"),
        ]
    }
}

extension DeploymentSettings.Sentry: Settings {
    package init() {
        self.init(organization: "")
    }

    package static var fields: [Field<DeploymentSettings.Sentry>] {
        [
            Field.identifier("organization", \.organization, "The organization's slug.", required: true),
            Field("projects", \.projects, "Numbers or slugs of projects. Default: all."),
            Field("environment", \.environment, "The environment as Sentry calls it. Default: all."),
            Field("token", \.token, "An organization token: see docs/providers/sentry.md."),
            Field.api(\.url, "https://sentry.io"),
        ]
    }
}
