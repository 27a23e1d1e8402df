package import LookoutModel

/// Who publishes a frontend or a backend (Netlify, Render).
///
/// Each instance speaks of one site or service. What people would run to roll back is not here: Lookout suggests,
/// people act.
package protocol HostingProvider: Sendable {
    /// `netlify`, `render`: for messages and commands.
    var name: String { get }
    func access() async throws(ProviderFailure) -> ProviderAccess
    /// How the site or service is set up.
    func service() async throws(ProviderFailure) -> HostedService
    /// What users get now; nil if nothing is published.
    func live() async throws(ProviderFailure) -> ProviderDeploy?
    /// Deploys of the production branch, newest first, at most `limit`; all that matter for a target of a rollback.
    func deploys(limit: Int) async throws(ProviderFailure) -> [ProviderDeploy]
    func deploy(_ id: String) async throws(ProviderFailure) -> ProviderDeploy
    func variables() async throws(ProviderFailure) -> [ProviderVariable]
    /// Lines of the log since a time that hold the text, oldest first, at most `limit`.
    ///
    /// `notConfigured` where the provider gives no logs.
    func logLines(
        containing text: String,
        since time: Timestamp,
        limit: Int
    ) async throws(ProviderFailure) -> [LogLine]
}

/// How a site or a service is set up at its provider.
package struct HostedService: Hashable, Sendable {
    /// The provider's id, as its API calls take it.
    package var id: String
    package var name: String
    /// The account or owner that variables and logs belong to.
    package var owner: String
    /// The branch that is deployed by itself.
    package var branch: String?
    package var url: String?
    package var deploysByItself: Bool?
    /// What stands in the way whatever is pushed: suspended, stopped, pinned, the wrong branch is not among them.
    package var obstacles: [Obstacle]
    /// The globs of the files that trigger a build; empty for all.
    package var buildPaths: [String]
    package var ignoredPaths: [String]
    /// The plan's name, such as `free`.
    package var plan: String?
    package var rootFolder: String?

    package init(
        id: String,
        name: String,
        owner: String = "",
        branch: String? = nil,
        url: String? = nil,
        deploysByItself: Bool? = nil,
        obstacles: [Obstacle] = [],
        buildPaths: [String] = [],
        ignoredPaths: [String] = [],
        plan: String? = nil,
        rootFolder: String? = nil
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.branch = branch
        self.url = url
        self.deploysByItself = deploysByItself
        self.obstacles = obstacles
        self.buildPaths = buildPaths
        self.ignoredPaths = ignoredPaths
        self.plan = plan
        self.rootFolder = rootFolder
    }
}

/// A line of a provider's log.
package struct LogLine: Hashable, Sendable {
    package var at: Timestamp
    package var text: String

    package init(at time: Timestamp, _ text: String) {
        self.at = time
        self.text = text
    }
}
