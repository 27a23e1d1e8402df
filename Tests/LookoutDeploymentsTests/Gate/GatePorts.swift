import LookoutModel
import LookoutSimulation
import LookoutStatistics

@testable import LookoutDeployments

/// Ports that answer as a story has it; those that are named hang until they are cancelled.
struct StoryPorts: Sendable {
    let story: GateStory
    let timekeeper: VirtualTimekeeper
    var hanging: Set<String> = []
    var protection: BranchProtection?
    /// What was done: branches made, commands rehearsed, statuses posted.
    let deeds = Recorder<String>()

    func wait(_ name: String) async throws(ProviderFailure) {
        guard hanging.contains(name) else { return }
        do {
            try await timekeeper.sleep(for: .seconds(1_000_000))
        } catch {
            throw .unreachable("cancelled")
        }
    }

    func answer<Value>(_ name: String, _ known: Known<Value>?) async throws(ProviderFailure) -> Value {
        try await wait(name)
        switch known {
        case .known(let value, _)?: return value
        case .unknown(let failure)?: throw failure
        case nil: throw .notFound("the story does not say")
        }
    }

    func surroundings(_ environment: String) -> GateFacts.Surroundings? {
        environment == "production" ? story.facts.production : story.facts.staging
    }

    var ports: GateCollector.Ports {
        var ports = GateCollector.Ports(
            observer: StoryObserver(ports: self),
            history: StoryHistory(ports: self)
        )
        ports.repository = StoryRepository(ports: self)
        ports.codeHost = StoryCodeHost(ports: self)
        for environment in ["production", "staging"] {
            for (part, name) in [(EnvironmentPart.frontend, "netlify"), (.backend, "render")] {
                let place = VariablePlace(environment: environment, part: part)
                ports.hosts[place] = StoryHost(ports: self, name: name, place: place)
            }
            ports.databases[environment] = StoryDatabase(ports: self, environment: environment)
        }
        ports.statusPages = StoryPages(ports: self)
        return ports
    }
}

struct StoryObserver: EnvironmentObserver {
    let ports: StoryPorts

    func checks(of environment: String) async throws(ProviderFailure) -> [ObservedCheck] {
        try await ports.answer("checks", ports.surroundings(environment)?.checks)
    }

    func alerts(of environment: String, since time: Timestamp) async throws(ProviderFailure) -> [WatchedAlert]
    {
        try await ports.answer("alerts", ports.surroundings(environment)?.alerts)
    }

    func outage() async -> NetworkOutage? { ports.story.facts.outage }
}

struct StoryHistory: RunHistory {
    let ports: StoryPorts

    func runs(of checks: [CheckID], in range: Range<Timestamp>) async throws -> [CheckID: [CheckSample]] {
        let environment = checks.first?.environment ?? ""
        return try await ports.answer("runs", ports.surroundings(environment)?.runs)
    }
}

struct StoryPages: StatusPages {
    let ports: StoryPorts

    func incidents() async -> [String: Known<ProviderIncident>] {
        try? await ports.wait("pages")
        return ports.story.facts.incidents
    }
}

struct StoryDatabase: DatabaseHost {
    let ports: StoryPorts
    let environment: String
    let name = "supabase"

    private var database: GateFacts.Database? { ports.surroundings(environment)?.database }

    func access() async throws(ProviderFailure) -> ProviderAccess { ProviderAccess() }

    func condition() async throws(ProviderFailure) -> DatabaseCondition {
        try await ports.answer("supabase", database?.condition)
    }

    func backups() async throws(ProviderFailure) -> [DatabaseBackup] {
        try await ports.answer("supabase", database?.backups)
    }

    func migrations() async throws(ProviderFailure) -> [String] {
        try await ports.answer("supabase", database?.migrations)
    }
}

struct StoryHost: HostingProvider {
    let ports: StoryPorts
    let name: String
    let place: VariablePlace

    private var side: GateFacts.Side? { ports.surroundings(place.environment)?.sides[place.part] }

    func access() async throws(ProviderFailure) -> ProviderAccess { ProviderAccess() }

    func service() async throws(ProviderFailure) -> HostedService {
        try await ports.answer(name, side?.service)
    }

    func live() async throws(ProviderFailure) -> ProviderDeploy? { try await ports.answer(name, side?.live) }

    func deploys(limit: Int) async throws(ProviderFailure) -> [ProviderDeploy] {
        try await ports.answer(name, side?.deploys)
    }

    func deploy(_ id: String) async throws(ProviderFailure) -> ProviderDeploy { throw .notFound(id) }

    func variables() async throws(ProviderFailure) -> [ProviderVariable] {
        try await ports.answer(name, side?.variables)
    }

    func logLines(
        containing text: String,
        since time: Timestamp,
        limit: Int
    ) async throws(ProviderFailure) -> [LogLine] { [] }
}

struct StoryCodeHost: CodeHost {
    let ports: StoryPorts

    func access() async throws(ProviderFailure) -> ProviderAccess {
        try await ports.wait("github")
        return ProviderAccess(identity: "lookout")
    }

    func reviews(from old: CommitID, to new: CommitID) async throws(ProviderFailure) -> [ChangeReview] {
        try await ports.answer("github", ports.story.facts.code.reviews)
    }

    func checks(of commit: CommitID) async throws(ProviderFailure) -> CommitChecks {
        try await ports.answer("github", ports.story.facts.code.checks)
    }

    func protection(of branch: String) async throws(ProviderFailure) -> BranchProtection? {
        try await ports.wait("github")
        return ports.protection
    }

    func post(_ status: CommitStatus, to commit: CommitID) async throws(ProviderFailure) {
        ports.deeds.record("status \(status.state.rawValue) of \(commit.short)")
    }
}

struct StoryRepository: GitRepository {
    let ports: StoryPorts

    private var code: GateFacts.Code { ports.story.facts.code }

    func refresh() async throws(ProviderFailure) { try await ports.wait("git") }

    func remoteCommit(of branch: String) async throws(ProviderFailure) -> CommitID? {
        switch branch {
        case "main": try await ports.answer("branch", code.main)
        case "staging": try await ports.answer("branch", code.candidate)
        default: nil
        }
    }

    func remoteBranches(withPrefix prefix: String) async throws(ProviderFailure) -> [String: CommitID] {
        try await ports.answer("branch", code.backups)
    }

    func commit(_ id: CommitID) async throws(ProviderFailure) -> Commit { throw .notFound(id.text) }

    func commits(from old: CommitID, to new: CommitID, limit: Int) async throws(ProviderFailure) -> [Commit] {
        try await ports.answer("git", new == code.candidate.value ? code.commits : code.onlyOnMain)
    }

    func isAncestor(_ old: CommitID, of new: CommitID) async throws(ProviderFailure) -> Bool { true }

    func mergeBase(_ one: CommitID, _ other: CommitID) async throws(ProviderFailure) -> CommitID? { nil }

    func mainline(of branch: String, limit: Int) async throws(ProviderFailure) -> [Commit] { [] }

    func changedFiles(from old: CommitID, to new: CommitID) async throws(ProviderFailure) -> [String] {
        try await ports.answer("git", code.changedFiles)
    }

    func files(under folder: String, at commit: CommitID) async throws(ProviderFailure) -> [String] {
        try await ports.answer("git", code.migrations)
    }

    func createRemoteBranch(_ name: String, at commit: CommitID) async throws(ProviderFailure) {
        ports.deeds.record("branch \(name) at \(commit.short)")
    }

    func rehearse(
        _ commands: [CommandLine],
        main: String,
        expecting: CommitID
    ) async throws(ProviderFailure) {
        try await ports.wait("rehearsal")
        let words = commands.map { ([$0.program] + $0.arguments).joined(separator: " ") }
        ports.deeds.record("rehearsed \(words.joined(separator: "; ")) => \(expecting.short)")
    }
}
