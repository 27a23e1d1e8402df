package import LookoutDeployments
package import LookoutSettings

/// `deployments`: where the product is deployed, and what must hold before and after.
extension DeploymentSettings: Settings {
    package init() {
        self.init(production: Environment(name: "production", branch: "main"))
    }

    package static var fields: [Field<DeploymentSettings>] {
        [
            Field(
                "production",
                \.production,
                "The environment that is deployed to, with its providers.",
                required: true
            ),
            Field(
                "staging",
                "The environment in which changes are tried first. Default branch: staging.",
                shape: Environment.shape
            ) { node, context, root in
                var standard = Environment()
                (standard.name, standard.branch) = ("staging", "staging")
                root.staging = standard.reading(node, &context)
                return root.staging != nil
            },
            Field(
                "repository",
                \.repository,
                "The git repository. Without it nothing is known of commits and backups."
            ),
            Field("github", \.github, "The repository at GitHub: reviews, checks and the commit status."),
            Field("parity", \.parity, "How the variables of staging and production relate to one another."),
            Field("gate", \.gate, "What must hold before a deployment."),
            Field("watch", \.watch, "How a deployment is watched."),
            Field.statusPages(\.statusPages),
            Field(
                "read_only",
                \.isReadOnly,
                "true: Lookout makes no backup branch and posts no commit status, whoever asks. Default: false."
            ),
            Field(
                "records",
                \.recordFolder,
                "The folder for the records of deployments. Default: deployments in the data directory."
            ),
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let staging else { return }
        let place = node["staging"] ?? node
        if staging.name == production.name {
            context.error(
                "staging and production are both the environment \"\(staging.name)\"",
                at: place["environment"] ?? place,
                hint: "name another as `environment`"
            )
        }
        if staging.branch == production.branch {
            context.error(
                "staging and production are both deployed from \(staging.branch)",
                at: place["branch"] ?? place,
                hint: "name another as `branch`"
            )
        }
    }
}

extension DeploymentSettings.Environment: Settings {
    package init() {
        self.init(name: "production", branch: "main")
    }

    package static var fields: [Field<DeploymentSettings.Environment>] {
        [
            Field("environment", \.name, "Its name among `environments`. Default: as the key here."),
            Field.branch(
                "branch",
                \.branch,
                "The branch that it is deployed from. Default: main; staging: staging."
            ),
            Field.address("frontend", \.frontendURL, "Where the frontend is."),
            Field.address("backend", \.backendURL, "Where the backend is."),
            Field("netlify", \.netlify, "The frontend's site at Netlify."),
            Field("render", \.render, "The backend's service at Render."),
            Field("supabase", \.supabase, "The database's project at Supabase."),
            Field("sentry", \.sentry, "Where the errors of the running program are collected."),
            Field.variables(
                "variables",
                \.variables,
                "The backend's variables with their exact values; without a value it must only be there."
            ),
            Field.variables(
                "frontend_variables",
                \.frontendVariables,
                "The same of the frontend's builds."
            ),
            Field(
                "variable_file",
                \.variableFile,
                "A .env or JSON file with the backend's variables, where no provider can be asked; relative to this file."
            ),
            Field.origins(
                "cors_origins",
                \.origins,
                "The origins that the backend must allow, and no others."
            ),
            Field.variableName(
                "cors_variable",
                \.originsVariable,
                "The variable that holds them. Default: CORS_ORIGINS."
            ),
        ]
    }

    /// Reads it over these defaults; nil after reporting what is wrong.
    func reading(_ node: SettingsNode, _ context: inout SettingsContext) -> Self? {
        guard var environment = Self(node, &context) else { return nil }
        if node["environment"] == nil { environment.name = name }
        if node["branch"] == nil { environment.branch = branch }
        return environment
    }
}

extension DeploymentSettings.Parity: Settings {
    package static var fields: [Field<DeploymentSettings.Parity>] {
        [
            Field("equal", \.equal, "Variables with the same value in both."),
            Field("different", \.different, "Variables with another value in each."),
            Field("ignored", \.ignored, "Variables that may be missing on one side."),
        ]
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        for name in different where equal.contains(name) {
            context.error(
                "\(name.shortened) cannot be both equal and different",
                at: node["different"] ?? node,
                hint: "take it out of one of the lists"
            )
        }
    }
}
