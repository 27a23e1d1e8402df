import LookoutRehearsal
import LookoutSettings
import LookoutTestSupport
import Testing

/// Tests that take their checks from a configuration.
@Suite struct `rule tests with a configuration` {
    private static let configuration = """
        environments:
          production: {variables: {expected: "2"}, labels: {tier: gold}}
        defaults: {interval: 15s}
        probes:
          - {name: site, labels: {team: web}, http: {url: "https://site.example/", bearer: {env: NO_SUCH_TOKEN}}}
        rules: {files: [rules.yaml]}
        receivers:
          - {name: alerts, alertmanager_webhook: {url: {env: NO_SUCH_ADDRESS}}}
        """

    private func run(_ tests: String, _ head: String = "") throws -> RuleTestFileResult {
        let folder = try ScratchFolder("rule-tests")
        try folder.write(RuleTestFixture.rules, to: "rules.yaml")
        try folder.write(Self.configuration, to: "lookout.yaml")
        try folder.write("config: lookout.yaml\n\(head)\(tests)", to: "tests.yaml")
        return try RuleTestFixture.runner().run(folder.file("tests.yaml"))
    }

    @Test func `its checks, intervals, labels, rules and receivers are used, its secrets are not`() throws {
        let result = try run(
            """
            tests:
              - input_samples: [{check: production/site, values: ok fail x10}]
                exp_notifications: [{receiver: alerts, kind: firing, at: 75s}]
                cel_expr_test:
                  - {expr: "[labels.team, labels.tier]", check: production/site, exp_value: [web, gold]}
                  - {expr: environment.variables.expected, check: production/site, exp_value: "2"}
                  - {expr: probe.interval, check: production/site, exp_value: 15s}
            """
        )
        #expect(result.errors == [])
        #expect(result.failures == [])
        #expect(result.tests.count == 1)
    }

    @Test func `what it has not is an error`() throws {
        let result = try run(
            """
            tests:
              - input_samples:
                  - {check: staging/site, values: ok}
                  - {check: production/site, type: page, labels: {a: b}, values: ok}
                exp_notifications: [{receiver: pager, kind: firing}]
            """
        )
        #expect(
            result.errors.sorted() == [
                "4:17 the configuration has no check staging/site",
                "5:40 production/site is of type http in the configuration",
                "5:54 the labels of production/site are the configuration's",
                "6:36 there is no receiver \"pager\"",
            ]
        )
    }

    @Test func `its own errors are shown`() throws {
        let folder = try ScratchFolder("rule-tests")
        try folder.write("probes: []\nmore: 1\n", to: "lookout.yaml")
        try folder.write("config: lookout.yaml\ntests: [{}]\n", to: "tests.yaml")
        let result = try RuleTestFixture.runner().run(folder.file("tests.yaml"))
        #expect(result.errors.contains("2:1 unknown key \"more\""))
    }
}
