import Logging
import LookoutConfiguration
import LookoutDeployments
import LookoutDiagnosis
import LookoutModel
import LookoutPipeline
import LookoutProbing
import LookoutProviders
import LookoutStorage

/// What the agent does about deployments under one configuration: who keeps them, who judges the gate.
struct AgentDeployments: Sendable {
    let settings: DeploymentSettings
    let keeper: DeploymentKeeper
    let preflight: Preflight
    let store: SQLiteDeploymentStore

    /// Nil where the configuration says nothing of deployments.
    init?(_ configuration: Configuration, of agent: Agent) {
        guard let settings = configuration.deployments else { return nil }
        self.settings = settings
        let timekeeper = agent.system.timekeeper
        let folder = configuration.dataDirectory
        let providers = ConfiguredProviders(
            settings,
            over: agent.system.transport,
            by: timekeeper,
            workFolder: "\(folder)/git"
        )
        for fault in providers.faults {
            agent.logger.error("a provider cannot be asked", metadata: ["error": "\(fault)"])
        }
        store = SQLiteDeploymentStore(agent.stores.alerts)
        let observer = PipelineObserver(
            checks: { [journal = agent.journal] in journal.current.checks.map(\.check) },
            pipeline: agent.pipeline,
            keeper: agent.keeper,
            outage: { [connectivity = agent.connectivity] in connectivity.knownOutage }
        )
        let history = RecordedRuns(agent.stores.samples)
        let ports = providers.ports(observer: observer, history: history, store: store)
        preflight = Preflight(settings, ports: ports, timekeeper: timekeeper)

        var keeping = DeploymentPorts(store: store, history: history, environment: observer)
        let name = settings.production.name
        keeping.repository = providers.repository
        for part in EnvironmentPart.allCases {
            keeping.hosts[part] = providers.hosts[VariablePlace(environment: name, part: part)]
        }
        keeping.tracker = providers.trackers[name]
        keeping.announcer = DeploymentAnnouncer(agent.keeper, timekeeper: timekeeper)
        keeping.symptoms = SymptomCollector(
            settings,
            ports: ports,
            logTexts: configuration.knowledge.logTexts,
            timekeeper: timekeeper
        )
        keeping.diagnostician = configuration.knowledge
        keeping.planner = RollbackCollector(settings, ports: ports, timekeeper: timekeeper)
        keeping.records = RecordWriter(
            store: store,
            folder: settings.recordFolder ?? "\(folder)/deployments"
        )
        do throws(VariableKeyFile.Failure) {
            keeping.variableKey = try VariableKeyFile("\(folder)/variables.key").load()
        } catch {
            agent.logger.error(
                "changes of variables cannot be seen",
                metadata: ["error": "\(error.message)"]
            )
        }
        keeper = DeploymentKeeper(
            settings: settings,
            ports: keeping,
            timekeeper: timekeeper,
            logger: agent.logger
        )
    }
}
