package import LookoutModel

/// GitHub's REST API for one repository.
///
/// Its branches are handed in by whoever holds the real repository, or moved through the API.
package struct FakeGitHub: RoutedProvider {
    package static let name = ProviderName.github
    static let unauthorizedWords = "Bad credentials"
    static let forbiddenWords = "Resource not accessible by personal access token"

    package var account: FakeAccount
    package var budget = RequestBudget(limit: 5000, window: .seconds(3600))
    package var faults: Set<ProviderFaultKind> = []
    package let owner: String
    package let repository: String
    package private(set) var history: DemoHistory
    package var pulls: [GitHubPull] = []
    /// By commit.
    package var checks: [String: [GitHubCheck]] = [:]
    /// By branch.
    package var protections: [String: GitHubProtection] = [:]
    /// By commit, oldest first.
    var statuses: [String: [GitHubStatus]] = [:]
    var deployments: [GitHubDeployment] = []
    /// Branches that were moved and that nobody has been told of yet.
    private(set) var pushes: [(push: DemoPush, at: Timestamp)] = []
    private var nextNumber = 1000

    package init(account: FakeAccount, owner: String, repository: String, history: DemoHistory) {
        self.account = account
        self.owner = owner
        self.repository = repository
        self.history = history
    }

    package mutating func advance(to now: Timestamp) {}

    package mutating func add(_ revision: DemoRevision) {
        history.add(revision)
    }

    /// Points a branch at a commit that is known, and notes it as a push; nil removes the branch.
    package mutating func move(_ branch: String, to id: String?, at now: Timestamp) {
        let old = history.branches[branch]
        guard old != id else { return }
        history.set(branch, to: id)
        guard let id, let revision = history.revisions[id] else { return }
        let files = history.changedFiles(from: old, to: id)
        pushes.append((DemoPush(branch: branch, revision: revision, changedFiles: files), now))
    }

    /// The pushes since the last call.
    mutating func takePushes() -> [(push: DemoPush, at: Timestamp)] {
        defer { pushes = [] }
        return pushes
    }

    mutating func makeNumber() -> Int {
        nextNumber += 1
        return nextNumber
    }

    /// The states of a context of a commit as they were posted, oldest first.
    package func postedStatuses(of commit: String, context: String) -> [String] {
        (statuses[commit] ?? []).filter { $0.context == context }.map(\.state)
    }

    static let routes = readRoutes + writeRoutes

    func reply(to refusal: ProviderRefusal, of call: ProviderCall) -> DemoReply {
        var body: [String: JSONValue] = [
            "message": .string(refusal.message), "documentation_url": "https://docs.github.com/rest",
        ]
        if refusal.status != 422 { body["status"] = .string(String(refusal.status)) }
        if let code = refusal.code {
            body["errors"] = [["resource": "Reference", "field": "ref", "code": .string(code)]]
        }
        return .json(refusal.status, .object(body))
    }

    func budgetHeaders(at now: Timestamp) -> [(name: String, value: String)] {
        let reset = (budget.reset(at: now).microseconds + 999_999) / 1_000_000
        return [
            ("x-ratelimit-limit", String(budget.limit)), ("x-ratelimit-remaining", String(budget.remaining)),
            ("x-ratelimit-used", String(budget.limit - budget.remaining)),
            ("x-ratelimit-reset", String(reset)), ("x-ratelimit-resource", "core"),
            ("x-oauth-scopes", account.grants.values.flatMap(\.scopes).sorted().joined(separator: ", ")),
        ]
    }

    func exhaustedHeaders(at now: Timestamp) -> [(name: String, value: String)] { [] }

    /// Throws if a call is about another repository.
    func check(_ call: ProviderCall) throws(ProviderRefusal) {
        let isKnown =
            call.captures.count >= 2 && call.captures[0].lowercased() == owner.lowercased()
            && call.captures[1].lowercased() == repository.lowercased()
        guard isKnown else { throw .notFound() }
    }

    func revision(_ reference: String) throws(ProviderRefusal) -> DemoRevision {
        guard let revision = history.resolve(reference) else {
            throw ProviderRefusal(422, "No commit found for SHA: \(reference)")
        }
        return revision
    }
}
