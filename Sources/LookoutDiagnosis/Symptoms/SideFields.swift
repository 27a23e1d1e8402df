import CEL
import LookoutDeployments
import LookoutModel
import LookoutRules

/// What `frontend` and `backend` have: a side as its provider sees it.
enum SideFields {
    struct View: Sendable {
        let side: Symptoms.Side?
        let name: String
        let symptoms: Symptoms
    }

    struct DeployView: Sendable {
        let deploy: ProviderDeploy
        let now: Timestamp
    }

    private typealias Field = SymptomRecord<View>.Field
    private typealias DeployField = SymptomRecord<DeployView>.Field

    static let record = SymptomRecord<View>("side", service + deploys + variables)

    private static let service: [Field] = [
        Field("configured", .bool) { .bool($0.side != nil) },
        Field("branch", .string) { view throws(EvaluationError) in
            .string(shown(try service(view).branch.known("\(view.name): the provider names no branch")))
        },
        Field("plan", .string) { view throws(EvaluationError) in
            .string(shown(try service(view).plan.known("\(view.name): the provider names no plan")))
        },
        Field("deploys_by_itself", .bool) { view throws(EvaluationError) in
            .bool(try service(view).deploysByItself.known("\(view.name): the provider does not say"))
        },
        Field("obstacles", .map(.string, .string)) { view throws(EvaluationError) in
            .map(Dictionary(try service(view).obstacles.map(words), uniquingKeysWith: { first, _ in first }))
        },
        Field("build_paths", .list(.string)) { view throws(EvaluationError) in
            .strings(try service(view).buildPaths.map(shown))
        },
    ]

    private static let deploys: [Field] = [
        Field("live", deploy.valueType) { view throws(EvaluationError) in
            let live = try side(view).live.get().known("\(view.name): nothing is published")
            return deploy.value(DeployView(deploy: live, now: view.symptoms.now))
        },
        Field("published", .bool) { view throws(EvaluationError) in .bool(try side(view).live.get() != nil) },
        Field("latest", deploy.valueType) { view throws(EvaluationError) in
            let latest = try side(view).deploys.get().first.known("\(view.name): there is no deploy")
            return deploy.value(DeployView(deploy: latest, now: view.symptoms.now))
        },
        Field("deploys", .list(deploy.valueType)) { view throws(EvaluationError) in
            .list(
                try side(view).deploys.get().map {
                    deploy.value(DeployView(deploy: $0, now: view.symptoms.now))
                }
            )
        },
        // Whether users have the commit that git says they should have.
        Field("current", .bool) { view throws(EvaluationError) in
            let expected = try view.symptoms.expectedCommit.known("git: the expected commit is not known")
            guard let live = try side(view).live.get() else { return .bool(false) }
            return .bool(
                try live.commit.known("\(view.name): the provider does not say what is live") == expected
            )
        },
        Field("changed", .bool) { view throws(EvaluationError) in
            .bool(EnvironmentPart(rawValue: view.name).map(view.symptoms.deployedParts.contains) ?? false)
        },
    ]

    private static let variables: [Field] = [
        Field("missing_variables", .list(.string)) { view throws(EvaluationError) in
            .strings(try side(view).missingVariables.get().map(shown))
        },
        Field("wrong_variables", .list(.string)) { view throws(EvaluationError) in
            .strings(try side(view).wrongVariables.get().map(shown))
        },
        Field("changed_variables", .list(.string)) { view throws(EvaluationError) in
            .strings(try side(view).changedVariables.map(shown))
        },
    ]

    static let deploy = SymptomRecord<DeployView>(
        "deploy",
        [
            DeployField("id", .string) { .string(shown($0.deploy.id)) },
            DeployField("state", .string) { .string($0.deploy.state.words.name) },
            DeployField("reason", .string) { .string(shown($0.deploy.state.words.reason)) },
            DeployField("commit", .string) { view throws(EvaluationError) in
                .string(try view.deploy.commit.known("the provider does not say what was built").text)
            },
            DeployField("branch", .string) { view throws(EvaluationError) in
                .string(
                    shown(try view.deploy.branch.known("the provider does not say which branch was built"))
                )
            },
            DeployField("cause", .string) { .string(shown($0.deploy.cause.name)) },
            DeployField("age", .duration) { .duration($0.now - $0.deploy.createdAt) },
            DeployField("was_live", .bool) { .bool($0.deploy.liveAt != nil) },
        ]
    )

    private static func side(_ view: View) throws(EvaluationError) -> Symptoms.Side {
        try view.side.known("\(view.name): no provider is configured")
    }

    private static func service(_ view: View) throws(EvaluationError) -> HostedService {
        try side(view).service.get()
    }

    private static func shown(_ text: String) -> String { PlainText.line(text, atMost: 300) }

    /// An obstacle's name and what belongs to it.
    private static func words(_ obstacle: Obstacle) -> (String, Value) {
        switch obstacle {
        case .buildFilter(let patterns): ("build-filter", .string(shown(patterns.joined(separator: ", "))))
        case .skipped(let reason): ("skipped", .string(shown(reason)))
        case .locked(let deploy): ("locked", .string(shown(deploy)))
        case .wrongBranch(let configured, _): ("wrong-branch", .string(shown(configured)))
        case .suspended(let by): ("suspended", .string(shown(by)))
        case .autoDeployOff: ("auto-deploy-off", .string(""))
        case .quota(let text): ("quota", .string(shown(text)))
        }
    }
}

extension ProviderDeploy.State {
    /// The state's name and its reason, empty where it has none.
    fileprivate var words: (name: String, reason: String) {
        switch self {
        case .queued: ("queued", "")
        case .building: ("building", "")
        case .releasing: ("releasing", "")
        case .live: ("live", "")
        case .superseded: ("superseded", "")
        case .failed(let reason): ("failed", reason)
        case .cancelled: ("cancelled", "")
        case .held(let reason): ("held", reason)
        case .skipped(let reason): ("skipped", reason)
        case .unknown(let word): ("unknown", word)
        }
    }
}

extension ProviderDeploy.Cause {
    fileprivate var name: String {
        switch self {
        case .commit: "commit"
        case .manual: "manual"
        case .rollback: "rollback"
        case .variables: "variables"
        case .other(let word): word
        }
    }
}
