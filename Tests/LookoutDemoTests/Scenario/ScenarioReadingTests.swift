import LookoutConfiguration
import LookoutModel
import LookoutSettings
import Testing

@testable import LookoutDemo

@Suite struct ScenarioReading {
    private func read(_ text: String) -> Result<Scenario, Diagnostics> {
        switch YAMLReader(file: "case.yaml").read(Array(text.utf8)) {
        case .success(let document): Scenario.read(document.root)
        case .failure(let diagnostics): .failure(diagnostics)
        }
    }

    private func errors(_ text: String) -> [String] {
        guard case .failure(let diagnostics) = read(text) else { return [] }
        return diagnostics.sorted.map(\.rendered)
    }

    @Test func `a whole scenario is read`() throws {
        let scenario = try read(
            """
            name: every kind of step
            start:
              at: 2025-08-20T12:00:00Z
              faults: [staging.backend=slow, netlify=429]
              settings: [{render-plan: free, render-waking: 90s}]
              databases: [{of: staging, status: INACTIVE}]
              incidents: [{provider: supabase, impact: minor}]
            timeline:
              - {at: 1m, inject: production.cors=origin-missing}
              - {at: 2m, inject: [production.backend=503, render=401]}
              - {at: 3m, mend: [production.cors, render, staging, all]}
              - at: 4m
                deploy:
                  parts: [frontend]
                  message: a change
                  breaks: [frontend=staging-host, "frontend=error:TypeError: Failed to fetch"]
              - {at: 5m, variables: {set: {DEBUG: "true"}, unset: [APP_URL], deploy: false}}
              - {at: 6m, sync: {message: trip planner, backup: false}}
              - {at: 7m, hotfix: {name: login-loop}}
              - {at: 8m, settings: {netlify-locked: true}}
              - {at: 9m, database: {unhealthy: [db], newest-backup: 3d}}
              - {at: 10m, incident: {provider: render, impact: critical, description: Deploys are delayed}}
              - {at: 11m, network: down}
              - {at: 12m, rollback: suggested}
            until: 90m
            expect:
              - {at: 20m, severity: 1, diagnosis: missing-variables, verdict: regressed, rollback: [render]}
              - {severity: none, alerts: [], rollback: []}
            """
        )
        .get()
        #expect(scenario.name == "every kind of step")
        #expect(scenario.start.at?.time == Timestamp(rfc3339: "2025-08-20T12:00:00Z"))
        #expect(scenario.timeline.map(\.at) == (1...12).map { .seconds($0 * 60) })
        #expect(scenario.until == .seconds(5400))
        #expect(scenario.expectations[0].severity == .worst(.outage))
        #expect(scenario.expectations[0].rollback == [.render])
        #expect(scenario.expectations[1].at == nil && scenario.expectations[1].severity == .nothing)
        guard case .deploy(let deploy) = scenario.timeline[3].action else {
            Issue.record("the fourth step is no deploy")
            return
        }
        #expect(deploy.change.files == ["src/App.tsx"])
        #expect(
            deploy.change.flaws
                == [.fault(.frontend, .stagingHost), .error(.frontend, title: "TypeError: Failed to fetch")]
        )
    }

    @Test(arguments: [
        ("timeline: []", "case.yaml:1:1: error: \"name\" is missing"),
        (
            "name: x\ntimline: []",
            "case.yaml:2:1: error: unknown key \"timline\"\n  hint: did you mean \"timeline\"?"
        ),
        ("name: x\ntimeline:\n  - {at: 5m}", "case.yaml:3:5: error: nothing happens in this step"),
        ("name: x\ntimeline:\n  - {network: down}", "case.yaml:3:5: error: \"at\" is missing"),
        (
            "name: x\ntimeline:\n  - {at: 5m, network: down, rollback: suggested}",
            "case.yaml:3:29: error: a step is one thing; this one is \"network\" already"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, injekt: netlify=401}",
            "case.yaml:3:14: error: unknown key \"injekt\"\n  hint: did you mean \"inject\"?"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, inject: [netlify=401, production.backend=slwo]}",
            "case.yaml:3:36: error: unknown fault of backend \"slwo\"; did you mean \"slow\"?"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, mend: prodution.backend}",
            "case.yaml:3:20: error: there is no \"prodution.backend\" to mend\n"
                + "  hint: did you mean \"production.backend\"?"
        ),
        (
            "name: x\ntimeline:\n  - {at: 9m, network: down}\n  - {at: 5m, network: up}",
            "case.yaml:4:5: error: 5m comes before 9m"
        ),
        (
            "name: x\nuntil: 10m\ntimeline:\n  - {at: 10m, network: down}",
            "case.yaml:4:5: error: at 10m the scenario is over"
        ),
        ("name: x\nuntil: 10s", "case.yaml:2:8: error: 10s is not from 1m to 7d"),
        (
            "name: x\ntimeline:\n  - {at: 5m, hotfix: {name: \"../x; rm -rf\"}}",
            "case.yaml:3:29: error: \"../x; rm -rf\" cannot end a branch's name"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, variables: {of: production}}",
            "case.yaml:3:25: error: no variable is changed"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, variables: {set: {A: \"1\"}, unset: [A]}}",
            "error: \"A\" is both set and unset"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, database: {status: INACTVE}}",
            "case.yaml:3:33: error: Supabase has no status \"INACTVE\"\n  hint: did you mean \"INACTIVE\"?"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, database: {unhealthy: [dbb]}}",
            "Supabase has no service \"dbb\"\n  hint: did you mean \"db\"?"
        ),
        (
            "name: x\ntimeline:\n  - {at: 5m, deploy: {breaks: [backend=biuld-failed]}}",
            "did you mean \"build-failed\"?"
        ),
        ("name: x\ntimeline:\n  - {at: 5m, deploy: {breaks: [backend=down]}}", "unknown flaw of backend"),
        ("name: x\nexpect:\n  - {at: 5m}", "case.yaml:3:5: error: nothing is expected here"),
        ("name: x\nexpect:\n  - {severity: 4}", "error: severity 4 does not exist"),
        ("name: x\nexpect:\n  - {at: 2h, verdict: pass}", "case.yaml:3:5: error: at 2h the scenario is over"),
        ("name: x\nexpect:\n  - {verdict: passed}", "did you mean \"pass\"?"),
        ("name: x\nstart: {at: yesterday}", "case.yaml:2:13: error: \"yesterday\" is not a time"),
        (
            "name: x\ntimeline:\n  - {at: 5m, incident: {provider: status}}",
            "the status pages have no status page"
        ),
        ("name: x\ntimeline:\n  - {at: 5m, slowness: {factor: 0}}", "error: 0.0 is not from 0.1 to 100"),
        (
            "name: x\ntimeline:\n  - {at: 5m, deploy: {breaks: [\"backend=failing:2\"]}}",
            "error: \"2\" is not a number from 0.0 to 1.0"
        ),
        ("name: \"\"", "case.yaml:1:7: error: the scenario has no name"),
    ])
    func `a mistake is named with its place and what to do`(text: String, expected: String) {
        let errors = errors(text)
        #expect(errors.contains { $0.contains(expected) }, "\(errors)")
    }

    @Test func `all mistakes of a file are named at once`() {
        let found = errors("nme: x\nuntil: 10s\ntimeline:\n  - {at: x, network: off}\nexpect: [{}]")
        #expect(found.count >= 6, "\(found)")
    }

    @Test(arguments: ["", "[]", "x", "name: [", "name: {a: b}", "timeline: {a: b}", "name: x\nstart: 5"])
    func `what is no scenario at all is an error and no crash`(text: String) {
        #expect(!errors(text).isEmpty)
    }

    @Test func `the shape names every key that can be read`() {
        guard case .object(let properties) = Scenario.shape else {
            Issue.record("the shape is no object")
            return
        }
        #expect(properties.map(\.key) == ["name", "start", "timeline", "until", "expect"])
        guard case .tagged(_, let actions) = ScenarioStep.shape else {
            Issue.record("a step's shape is not tagged")
            return
        }
        #expect(actions.count == 12)
    }
}
