import LookoutConfiguration
import LookoutModel
import LookoutRehearsal
import LookoutRules
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `Migration from Gatus` {
    /// A file with most of what Gatus can do, of our own making.
    static let everything = """
        x-common: &common
          interval: 30s
          client: {timeout: 5s, insecure: true, ignore-redirect: true, dns-resolver: "udp://1.1.1.1:53"}
        storage: {type: sqlite, path: /data/data.db}
        altering: {}
        alerting:
          slack:
            webhook-url: ${SLACK}
            default-alert: {failure-threshold: 5, success-threshold: 3, description: "slack says"}
          pagerduty: {integration-key: k}
        maintenance: {start: "01:00", duration: 1h}
        endpoints:
          - name: Front Page
            group: core
            url: https://www.example.org/
            <<: *common
            conditions:
              - "[STATUS] == 200"
              - "[BODY] == pat(*<title>Example</title>*)"
              - "[RESPONSE_TIME] < 500"
              - "[CERTIFICATE_EXPIRATION] > 240h"
            alerts:
              - type: slack
              - type: pagerduty
                description: "the page is \\"down\\" {{ really }}"
                failure-threshold: 10
                send-on-resolved: true
          - name: api
            group: core
            url: https://user:pass@${HOST}:${PORT}/v1/health?deep=1
            method: POST
            headers:
              X-Trace: lookout-${TRACE}
              X-Api-Key: ${API_KEY}
              Accept: application/json
            body: |
              {"from": "[ENDPOINT_NAME]", "cost": "$$5"}
            conditions: ["[STATUS] == any(200, 204)", "[BODY].version == ${VERSION}"]
          - name: graph
            url: https://api.example.org/graphql
            graphql: true
            body: '{ users(gender: "f") { id } }'
            headers: {authorization: "Bearer ${TOKEN}"}
            conditions: ["[STATUS] == 200", "len([BODY].data.users) > 0"]
          - name: echo
            url: wss://echo.example.org/
            body: "ping"
            conditions: ["[CONNECTED] == true", "[BODY] == pat(*ping*)", "[BODY].a == b"]
          - name: database
            url: tcp://db.example.org:5432
            conditions: ["[CONNECTED] == true"]
          - name: pinged
            url: icmp://example.org
            conditions: ["[CONNECTED] == true"]
          - name: resolver
            url: "8.8.8.8"
            dns: {query-name: example.org, query-type: A}
            conditions: ["[DNS_RCODE] == NOERROR"]
          - name: off
            enabled: false
            url: https://off.example.org
            conditions: ["[STATUS] == 200"]
          - name: api
            group: core
            url: https://again.example.org
            interval: 36h
            conditions: ["[STATUS] == 200"]
        """

    @Test func `a whole file becomes a configuration that loads`() throws {
        let fixture = try MigrationFixture(Self.everything)
        let configuration = fixture.configuration
        #expect(
            configuration.checks.map(\.check.id.probe) == [
                "core-front-page", "core-api", "graph", "echo", "core-api-2",
            ]
        )
        let page = try #require(configuration.checks.first?.check)
        #expect(page.interval == .seconds(30))
        #expect(page.timeout == .seconds(5))
        #expect(page.attempts == 1)
        #expect(page.labels["group"] == "core")
        #expect(configuration.checks.last?.check.interval == .seconds(86_400))
        #expect(configuration.environments.map(\.name) == ["production"])
        #expect(
            Set(configuration.environments.flatMap(\.variables.keys)) == ["HOST", "PORT", "TRACE", "VERSION"]
        )
        #expect(fixture.findings == [])
    }

    @Test func `thresholds are numbers of results in a row`() throws {
        let rules = try MigrationFixture(Self.everything).configuration.rules.rules
        let page = rules.filter { $0.id.hasPrefix("core-front-page") }
        #expect(page.map(\.holds.failures) == [5, 10])
        #expect(page.map(\.holds.successes) == [3, 2])
        #expect(page.map(\.severitySummary) == ["2", "2"])
        #expect(rules.first { $0.id == "core-api" }?.severitySummary == "3")
    }

    @Test func `everything that is lost is a warning`() throws {
        let warnings = try MigrationFixture(Self.everything).warnings
        for words in [
            "Gatus knows no key \"altering\" and leaves it out without a word - did you mean \"alerting\"?",
            "there is no equivalent yet for maintenance: times without alerts",
            "alerting providers are not migrated: slack, pagerduty",
            "core/Front Page: there is no equivalent yet for client.dns-resolver",
            "core/api: a header is made of ${TRACE} and more",
            "echo: \"[BODY].a == b\" is left out: messages are not read as JSON yet",
            "database is left out: probes of type tcp are not built yet",
            "pinged is left out: probes of type icmp are not built yet",
            "resolver is left out: probes of type dns are not built yet",
            "core/api: interval 36h is beyond what Lookout takes, 1d instead",
        ] {
            #expect(warnings.contains { $0.hasPrefix(words) }, "\(words): \(warnings)")
        }
        #expect(warnings.count == 10, "\(warnings)")
    }

    @Test func `secrets stay references and nothing of the environment is read`() throws {
        let text = try MigrationFixture(Self.everything).migration.configuration
        #expect(text.contains("X-Api-Key: {env: API_KEY}"))
        #expect(text.contains("bearer: {env: TOKEN}"))
        #expect(text.contains("url: \"https://${HOST}:${PORT}/v1/health?deep=1\""))
        #expect(text.contains("basic_auth: {user: user, password: pass}"))
        #expect(text.contains(#"body: "{\"from\": \"api\", \"cost\": \"$5\"}\n""#))
        #expect(text.contains(#"body: "{\"query\":\"{ users(gender: \\\"f\\\") { id } }\"}""#))
    }

    @Test func `what Gatus would have judged otherwise stands at its condition`() throws {
        let rules = try MigrationFixture(
            conditions: [
                "[STATUS] < 500", "[BODY].queue < 5", "[BODY].status != down", "[RESPONSE_TIME] < 300",
            ]
        ).migration.rules
        for note in [
            "//   differs: an endpoint that does not answer at all meets this in Gatus",
            "//   differs: Gatus takes what is missing or no number for 0, and cuts fractions",
            "//   differs: a missing value is different enough for Gatus; here it is a failure",
            "//   differs: Gatus stops the clock when the headers are there, Lookout when the body is",
        ] {
            #expect(rules.contains(note), "\(rules)")
        }
    }

    @Test(arguments: [
        ("", "the file is empty"), ("endpoints: []", "there are no endpoints"),
        ("- a", "this is no Gatus configuration"),
        ("probes: []", "there are no endpoints"), ("a: [", "not valid YAML"),
        ("endpoints: x", "there are no endpoints"),
    ])
    func `what is no Gatus file is an error`(text: String, message: String) {
        let result = GatusMigration.migrate(Array(text.utf8), named: "gatus.yaml", environment: "production")
        guard case .failure(let diagnostics) = result else {
            Issue.record("it was migrated")
            return
        }
        #expect(diagnostics.errors.first?.message.contains(message) == true, "\(diagnostics.all)")
    }

    @Test(arguments: [
        "endpoints: [1, null, {}, {name: a}, {url: https://x}, [a], {name: [], url: {}}]",
        "endpoints: [{name: '\"', group: '🦊', url: 'https://x.example', conditions: ['[STATUS] == 200']}]",
        "endpoints: [{name: \"a\\nb: c\", url: 'https://x.example', conditions: [x, {}, [], '[BODY] == \"'] }]",
        "endpoints: [{name: a, url: 'https://x.example', interval: soon, client: 5, headers: [a], alerts: {}}]",
        "endpoints: [{name: a, url: 'https://x.example', headers: {'X-${A}': '${B}c'}, conditions: []}]",
        "endpoints: [{name: '{{ x }}', url: 'https://x.example', alerts: [{type: x, failure-threshold: -5}]}]",
        "endpoints: [{name: a, url: '${URL}', conditions: ['[BODY] == $X$$Y']}]",
        "endpoints: [{name: a, url: 'https://x.example/$$5', body: '${', conditions: ['[BODY] == pat(*[)']}]",
    ])
    func `odd files lose what is odd and load`(text: String) throws {
        _ = try MigrationFixture(text)
    }

    @Test func `any condition of stray pieces loads or is left out`() async {
        let pieces = [
            "[BODY]", "[STATUS]", ".a", "[0]", "[*]", "pat(", "any(", "len(", "has(", ")", "*", "?", "\\",
            "\"",
            "'", " == ", " < ", " != ", "x", "1", "-0x1", "${A}", "$", ",", "[", "]", "é", " ", "{{", "//",
            "[HEADER].x-y", "[CERTIFICATE_EXPIRATION]", "[IP]", "1e400", "0.5",
        ]
        await checkAll(cases: 300) { generator in
            let count = Int.random(in: 1...9, using: &generator)
            let condition = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let fixture = try MigrationFixture(conditions: [condition, "[BODY].a == 1"])
            switch try fixture.judge(MigrationFixture.sample(body: #"{"a":1}"#)) {
            case .clear, .holds: break
            case let other: Issue.record("\(condition): \(other)")
            }
        }
    }
}
