package import LookoutModel

/// A deployment: what its events add up to.
///
/// Every event has a meaning in every phase; what comes late or twice changes no more than what it says.
package struct Deployment: Hashable, Sendable {
    /// A person's word on something that cannot be probed.
    package struct Tick: Hashable, Sendable {
        package var item: String
        package var by: String
        package var at: Timestamp
    }

    /// A person who goes on in spite of a criterion.
    package struct Override: Hashable, Sendable {
        package var criterion: String
        package var by: String
        package var reason: String
        package var at: Timestamp
    }

    /// What a person wrote down.
    package struct Note: Hashable, Sendable {
        package var by: String
        package var text: String
        package var at: Timestamp
    }

    /// A field of the record, put right by a person; the newest of a field counts.
    package struct Amendment: Hashable, Sendable {
        package var field: String
        package var text: String
        package var by: String
        package var at: Timestamp
    }

    /// The commits that the deployed branch went between.
    package struct Move: Hashable, Sendable {
        package var from: CommitID?
        package var to: CommitID
        package var at: Timestamp
    }

    /// Another version than before, as a check saw it.
    package struct VersionChange: Hashable, Sendable {
        package var check: CheckID
        package var before: String?
        package var after: String?
        package var at: Timestamp
    }

    /// That somebody rolls back a part, or all with git.
    package struct Rollback: Hashable, Sendable {
        package var part: EnvironmentPart?
        package var detail: String
        package var at: Timestamp
    }

    /// That the wall clock was stepped.
    package struct ClockStep: Hashable, Sendable {
        package var from: Timestamp
        package var to: Timestamp
    }

    /// What deadlines are counted from.
    enum Anchor: Hashable, Sendable {
        case began, moved, watchStart, judged, rolledBack
        case deploy(EnvironmentPart)
    }

    package let id: DeploymentID
    /// How many events it is made of: the number that the next one follows on.
    package internal(set) var count = 0
    package internal(set) var phase = DeploymentPhase.planned
    /// The first of its events.
    package internal(set) var beganAt: Timestamp?
    package internal(set) var intent: DeploymentIntent?
    package internal(set) var origin: DeploymentEvent.Origin?
    package internal(set) var gate: GateReport?
    package internal(set) var ticks: [Tick] = []
    package internal(set) var overrides: [Override] = []
    /// The branch that keeps what main was, and the commit that it points at.
    package internal(set) var backupBranch: String?
    package internal(set) var backupCommit: CommitID?
    package internal(set) var moves: [Move] = []
    /// The newest state of every deploy that belongs to it, in the order in which they were seen.
    package internal(set) var deploys: [ProviderDeploy] = []
    /// Why nothing was deployed at a part; empty reasons for "nobody knows why".
    package internal(set) var obstacles: [EnvironmentPart: [Obstacle]] = [:]
    package internal(set) var versions: [VersionChange] = []
    package internal(set) var variableChanges: [EnvironmentPart: VariableChanges] = [:]
    /// With its end as it was moved by extensions.
    package internal(set) var watch: WatchPlan?
    package internal(set) var clockSteps: [ClockStep] = []
    /// When things happened as the clock shows it now, for deadlines.
    var anchors: [Anchor: Timestamp] = [:]
    /// The newest state of every alert, in the order in which they were first seen.
    package internal(set) var alerts: [WatchedAlert] = []
    /// When each of `alerts` fired.
    package internal(set) var alertTimes: [AlertID: AlertTimes] = [:]
    package internal(set) var issues: [TrackedIssue] = []
    package internal(set) var validations: [ValidationResult] = []
    package internal(set) var verdict: WatchVerdict?
    package internal(set) var judgedAt: Timestamp?
    package internal(set) var diagnoses: [Diagnosis] = []
    package internal(set) var diagnosedAt: Timestamp?
    package internal(set) var plan: RollbackPlan?
    package internal(set) var plannedAt: Timestamp?
    package internal(set) var rollbacks: [Rollback] = []
    /// What main was moved to, and what was deployed, to roll back.
    package internal(set) var rollbackMoves: [Move] = []
    package internal(set) var rollbackDeploys: [ProviderDeploy] = []
    package internal(set) var recoveredAt: Timestamp?
    package internal(set) var remindedAt: Timestamp?
    package internal(set) var notes: [Note] = []
    package internal(set) var amendments: [Amendment] = []
    package internal(set) var announced: Set<DeploymentStep> = []
    package internal(set) var result: DeploymentResult?
    package internal(set) var closedAt: Timestamp?
    /// Events of a newer version: shown, not understood.
    package internal(set) var unknown: [DeploymentEvent] = []

    package init(_ id: DeploymentID, events: some Sequence<DeploymentEvent> = []) {
        self.id = id
        for event in events { apply(event) }
    }

    /// The deployment as it was when it was judged last, so that its verdict can be worked out again.
    ///
    /// Nil if it never was. With `WatchJudge(plan:runs:)` over the stored runs, at the time of that event.
    package init?(_ id: DeploymentID, judgedIn events: [DeploymentEvent]) {
        let judged = events.lastIndex { event in
            if case .judged = event.kind { true } else { false }
        }
        guard let judged else { return nil }
        self.init(id, events: events[..<judged])
    }

    /// What main was before the first move; nil if nobody saw it.
    package var mainBefore: CommitID? { moves.first?.from ?? backupCommit ?? gate?.main }

    /// What main is since the last move.
    package var main: CommitID? { moves.last?.to }

    /// What it brings: the commit of main, or that of the newest deploy, where one is known.
    package var commit: CommitID? { main ?? deploys.last { $0.commit != nil }?.commit }

    package var isClosed: Bool { phase == .closed }

    package var environment: String { intent?.environment ?? "" }

    /// The newest deploy of a part that belongs to it.
    package func deploy(of part: EnvironmentPart) -> ProviderDeploy? {
        deploys.filter { $0.part == part }.max { $0.createdAt < $1.createdAt }
    }

    /// How long ago something was, whatever the wall clock did meanwhile; nil if it was not.
    func elapsed(since anchor: Anchor, at now: Timestamp) -> Duration? { anchors[anchor].map { now - $0 } }

    /// Whether it is followed or watched, or its end is still to be seen.
    package var isOpen: Bool { !isClosed }

    /// The newest result of an item of the validation.
    package func validation(_ item: String) -> ValidationResult? { validations.first { $0.item == item } }
}
