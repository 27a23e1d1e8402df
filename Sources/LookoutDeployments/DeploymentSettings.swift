package import LookoutModel

/// What the configuration says of deployments (`deployments:`).
package struct DeploymentSettings: Hashable, Sendable {
    /// The repository and its branches.
    package struct Repository: Hashable, Sendable {
        /// A checkout that is only read, or the address that a mirror of our own is made from.
        package enum Place: Hashable, Sendable {
            case folder(String)
            case remote(String)
        }

        package var place: Place
        package var remote = "origin"
        package var main = "main"
        package var staging = "staging"
        package var backupPrefix = "backup/main-before-sync-"
        package var hotfixPrefix = "hotfix/"
        /// Where the migrations lie; nil if there are none.
        package var migrations: String?
        /// What git shows to an https remote.
        package var token: Secret?

        package init(place: Place) { self.place = place }
    }

    /// A repository at GitHub.
    package struct GitHub: Hashable, Sendable {
        package var owner: String
        package var repository: String
        package var token: Secret?
        package var url = "https://api.github.com"

        package init(owner: String, repository: String) {
            self.owner = owner
            self.repository = repository
        }
    }

    /// A site at Netlify.
    package struct Netlify: Hashable, Sendable {
        package var site: String
        /// For variables; taken from the site where it is not given.
        package var account: String?
        package var token: Secret?
        package var url = "https://api.netlify.com/api/v1"

        package init(site: String) { self.site = site }
    }

    /// A service at Render.
    package struct Render: Hashable, Sendable {
        package var service: String
        package var token: Secret?
        package var url = "https://api.render.com/v1"

        package init(service: String) { self.service = service }
    }

    /// A project at Supabase.
    package struct Supabase: Hashable, Sendable {
        package var project: String
        package var token: Secret?
        /// The project's own address, for its auth service.
        package var projectURL: String?
        /// The key that the auth service asks for.
        package var anonymousKey: Secret?
        package var url = "https://api.supabase.com"

        package init(project: String) { self.project = project }
    }

    /// An organization at Sentry.
    package struct Sentry: Hashable, Sendable {
        package var organization: String
        /// Numbers or slugs; empty for all.
        package var projects: [String] = []
        package var environment: String?
        package var token: Secret?
        package var url = "https://sentry.io"

        package init(organization: String) { self.organization = organization }
    }

    /// One environment: its parts, where they are published, and what must hold there.
    package struct Environment: Hashable, Sendable {
        package var name: String
        package var branch: String
        package var frontendURL: String?
        package var backendURL: String?
        package var netlify: Netlify?
        package var render: Render?
        package var supabase: Supabase?
        package var sentry: Sentry?
        /// Variables of the backend with their exact values; names of secrets have nil: they must only be there.
        package var variables: [String: String?] = [:]
        /// Variables of the frontend's builds, in the same way.
        package var frontendVariables: [String: String?] = [:]
        /// A `.env` or JSON file with the backend's variables, where no provider can be asked.
        package var variableFile: String?
        /// The origins that CORS must allow, exactly; the variable's name beside it.
        package var origins: [String] = []
        package var originsVariable = "CORS_ORIGINS"

        package init(name: String, branch: String) {
            self.name = name
            self.branch = branch
        }
    }

    /// How variables of the environments relate to one another.
    package struct Parity: Hashable, Sendable {
        /// Equal in all.
        package var equal: [String] = []
        /// Different in each.
        package var different: [String] = []
        /// May be missing on one side.
        package var ignored: [String] = []

        package init() {}
    }

    /// What the gate before a deployment asks for.
    package struct Gate: Hashable, Sendable {
        /// Staging must have been healthy for so long.
        package var window: Duration = .seconds(30 * 60)
        /// So much of the window must be covered by runs.
        package var coverage = 0.9
        /// A backup of the database may be so old.
        package var backupAge: Duration = .seconds(26 * 3600)
        /// The probe whose JSON tells how the services are; nil for every HTTP probe with a `status` in its JSON.
        package var healthProbe: String?
        /// What each service of the health answer may say.
        package var services: [String: [String]] = [
            "database": ["connected"], "redis": ["connected"], "openai": ["available"],
            "tts": ["operational"],
        ]
        /// Texts that no health answer may hold, in whatever case.
        package var markers = ["emergency mode", "demo mode"]
        /// What a person looks at; ticked by name.
        package var checklist = ChecklistItem.standard
        package var requiresReviews = true
        /// Names of checks that must have passed; empty for all that there are.
        package var requiredChecks: [String] = []
        /// Each question to a provider may take so long; then its answer is unknown.
        package var timeout: Duration = .seconds(20)

        package init() {}
    }

    /// How a deployment is watched.
    package struct Watch: Hashable, Sendable {
        /// 10 to 120 minutes.
        package var duration: Duration = .seconds(30 * 60)
        package var extend: Duration = .seconds(15 * 60)
        package var longest: Duration = .seconds(60 * 60)
        package var baseline: Duration = .seconds(6 * 3600)
        /// After the verdict people are asked what users say.
        package var reminder: Duration = .seconds(60 * 60)
        /// A deploy that takes longer is reported.
        package var patience: Duration = .seconds(20 * 60)
        /// A continuous outage while versions are switched is an outage after this.
        package var switchOutage: Duration = .seconds(90)
        package var pageLimit: Duration = .seconds(3)
        /// The false-alarm budget of a deployment.
        package var alpha = 0.01

        package init() {}
    }

    /// Something that a person looks at, since no probe sees it.
    package struct ChecklistItem: Hashable, Sendable {
        package var id: String
        package var title: String
        /// Whether the shortened gate of an emergency asks for it too.
        package var inEmergency: Bool

        package init(id: String, title: String, inEmergency: Bool = false) {
            self.id = id
            self.title = title
            self.inEmergency = inEmergency
        }

        /// What the workflow has people look at, where the configuration has no list of its own.
        package static let standard = [
            ChecklistItem(id: "features-tested", title: "The changed features were tried on staging"),
            ChecklistItem(id: "user-reports", title: "No user reports are open that this would make worse"),
            ChecklistItem(id: "variables-documented", title: "The documents of the variables are current"),
        ]
    }

    package var production: Environment
    package var staging: Environment?
    package var repository: Repository?
    package var github: GitHub?
    package var parity = Parity()
    package var gate = Gate()
    package var watch = Watch()
    /// Status pages of providers by their name, in the place of those that Lookout knows, or beside them.
    package var statusPages: [String: String] = [:]
    /// Nothing is ever written anywhere: no backup branch, no commit status.
    package var isReadOnly = false
    /// Where the records are also written as files; nil for the data directory.
    package var recordFolder: String?

    package init(production: Environment) { self.production = production }
}
