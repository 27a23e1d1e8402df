import LookoutDeployments
import LookoutDiagnosis
import LookoutModel

/// Says at any time of a scenario what is wrong and what could be rolled back, with or without a deployment.
struct ScenarioAdvisor: Sendable {
    struct Advice: Sendable {
        /// The likeliest first; empty where nothing is wrong.
        var diagnoses: [Diagnosis] = []
        var plan: RollbackPlan?
    }

    private let ports: GateCollector.Ports
    private let environment: String
    private let knowledge: Knowledge
    private let symptoms: SymptomCollector
    private let planner: RollbackCollector
    private let timekeeper: any Timekeeper

    init(
        _ settings: DeploymentSettings,
        ports: GateCollector.Ports,
        knowledge: Knowledge,
        timekeeper: any Timekeeper
    ) {
        self.ports = ports
        self.knowledge = knowledge
        self.timekeeper = timekeeper
        environment = settings.production.name
        symptoms = SymptomCollector(
            settings,
            ports: ports,
            logTexts: knowledge.logTexts,
            timekeeper: timekeeper
        )
        planner = RollbackCollector(settings, ports: ports, timekeeper: timekeeper)
    }

    /// Whom the keeper of deployments asks and tells.
    func keeping(in store: any DeploymentStore, history: any RunHistory) -> DeploymentPorts {
        var keeping = DeploymentPorts(store: store, history: history, environment: ports.observer)
        keeping.repository = ports.repository
        for part in EnvironmentPart.allCases {
            keeping.hosts[part] = ports.hosts[VariablePlace(environment: environment, part: part)]
        }
        keeping.tracker = ports.trackers[environment]
        keeping.symptoms = symptoms
        keeping.diagnostician = knowledge
        keeping.planner = planner
        keeping.variableKey = VariableKey(Array(repeating: 7, count: VariableKey.byteCount))
        return keeping
    }

    /// What a deployment was judged by, while that holds; what is seen now where something fires without one.
    func advice(about deployment: Deployment?, hasAlerts: Bool) async -> Advice {
        if let deployment, deployment.recoveredAt == nil, let plan = deployment.plan {
            return Advice(diagnoses: deployment.diagnoses, plan: plan)
        }
        guard hasAlerts, let nobody = DeploymentID("none") else { return Advice() }
        let open = deployment.flatMap { $0.isClosed ? nil : $0 }
        let subject = open ?? Deployment(nobody)
        let seen = await symptoms.symptoms(of: subject, at: timekeeper.now.wall)
        return Advice(diagnoses: knowledge.diagnoses(of: seen))
    }
}
