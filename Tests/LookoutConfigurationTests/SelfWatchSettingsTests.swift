import Foundation
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutReceivers
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `What the file says of Lookout itself` {
    private func load(_ text: String) throws -> (configuration: Configuration?, errors: [String]) {
        let folder = try ScratchFolder("self-watch")
        let path = try folder.place(
            "lookout.yaml",
            """
            environments: {production: {}}
            probes: []
            \(text)
            """
        )
        let loader = ConfigurationLoader(
            probes: ProbeRegistry([]),
            receivers: ReceiverRegistry([TerminalReceiver.self]),
            secrets: PlaceholderSecrets(),
            stateDirectory: nil
        )
        let (configuration, diagnostics) = loader.load(path)
        return (configuration, diagnostics.errors.map(\.rendered))
    }

    @Test func `nothing is asked and called by default`() throws {
        let configuration = try #require(try load("").configuration)
        #expect(configuration.connectivity.references.isEmpty)
        #expect(configuration.heartbeats.isEmpty)
        #expect(configuration.selfAlerts.isEmpty)
        #expect(configuration.externalURL == "http://127.0.0.1:9820")
    }

    @Test func `all of it is read`() throws {
        let (configuration, errors) = try load(
            """
            connectivity:
              references: [tcp://192.0.2.1:80, tcp://192.0.2.2:443, dns://192.0.2.3/example.org]
              timeout: 3s
            heartbeats:
              - {name: outside, type: healthchecks, url: {env: URL}, period: 2m, fail_after: 5m}
            self_alerts: {lookout-no-data: 3, lookout-config-invalid: off}
            external_url: https://lookout.example.org/
            """
        )
        #expect(errors == [])
        #expect(configuration?.connectivity.references.count == 3)
        #expect(configuration?.connectivity.timeout == .seconds(3))
        #expect(configuration?.heartbeats.first?.period == .seconds(120))
        #expect(configuration?.heartbeats.first?.failURL?.reveal() == "https://placeholder.invalid/fail")
        #expect(configuration?.heartbeats.first?.startURL?.reveal() == "https://placeholder.invalid/start")
        #expect(configuration?.heartbeats.first?.outageLimit == .seconds(300))
        #expect(configuration?.selfAlerts == [.noData: .severity(.minor), .configurationInvalid: .off])
        #expect(configuration?.externalURL == "https://lookout.example.org")
    }

    @Test(arguments: [
        ("test_message: {receiver: canary}", 60), ("test_message: {receiver: canary, period: 1h}", 3600),
        ("period: 5m, test_message: {receiver: canary}", 300),
        ("period: 10s, test_message: {receiver: canary}", 60),
    ])
    func `a test message is wanted within its period, or the heartbeat's`(
        text: String,
        seconds: Int
    ) throws {
        let (configuration, errors) = try load(
            "heartbeats: [{name: a, url: http://a, \(text)}]\nreceivers: [{name: canary, terminal: {}}]"
        )
        #expect(errors == [])
        let expected = Heartbeat.TestMessage(receiver: "canary", period: .seconds(seconds))
        #expect(configuration?.heartbeats.map(\.testMessage) == [expected])
    }

    @Test(arguments: [
        ("{receiver: canry}", "there is no receiver \"canry\"", "did you mean \"canary\""),
        ("{receiver: mute}", "receiver \"mute\" would not be told", "name another receiver"),
        ("{}", "\"receiver\" is missing", ""), ("{receiver: canary, period: 1s}", "1s is not from 1m to", ""),
        ("canary", "expected", ""), ("{receiver: canary, perod: 1m}", "unknown key \"perod\"", "period"),
    ])
    func `a test message that cannot arrive is an error at its place`(
        text: String,
        message: String,
        hint: String
    ) throws {
        let (configuration, errors) = try load(
            """
            heartbeats: [{name: a, url: http://a, test_message: \(text)}]
            receivers: [{name: canary, terminal: {}}, {name: mute, terminal: {}, send_resolved: false}]
            """
        )
        #expect(configuration == nil)
        #expect(
            errors.contains {
                $0.contains(message) && $0.contains("lookout.yaml:3:") && (hint.isEmpty || $0.contains(hint))
            },
            "\(errors)"
        )
    }

    @Test(arguments: [
        ("connectivity: {references: [tcp://192.0.2.1:80]}", "1 reference cannot tell who is offline"),
        (
            "connectivity: {references: [tcp://a:1, tcp://b:1, tcp://a:1]}",
            "tcp://a:1 is given twice"
        ),
        ("connectivity: {references: [tcp://a, tcp://b:1, tcp://c:1]}", "\"tcp://a\" is no reference"),
        ("heartbeats: [{name: a, url: example.org}]", "this is not an http or https URL"),
        ("heartbeats: [{name: a}]", "\"url\" is missing"),
        ("heartbeats: [{name: a, url: http://a, period: 1s}]", "1s is not from 10s to"),
        (
            "heartbeats: [{name: a, url: http://a}, {name: a, url: http://b}]",
            "heartbeat \"a\" is defined twice"
        ),
        ("self_alerts: {lookout-no-dat: 3}", "unknown key \"lookout-no-dat\""),
        ("self_alerts: {lookout-no-data: 4}", "severity 4 does not exist"),
        ("external_url: lookout.example.org", "\"lookout.example.org\" is not an http or https URL"),
    ])
    func `what is wrong is reported with its place`(text: String, message: String) throws {
        let (configuration, errors) = try load(text)
        #expect(configuration == nil)
        #expect(errors.contains { $0.contains(message) && $0.contains("lookout.yaml:3:") }, "\(errors)")
    }

    @Test(arguments: SelfRule.allCases)
    func `every alert about Lookout has its runbook and its line in the documents`(rule: SelfRule) throws {
        let runbooks = try String(
            contentsOf: SourceTree.root().appending(path: "docs/runbooks.md"),
            encoding: .utf8
        )
        #expect(runbooks.contains("\n## \(rule.rawValue)\n"))
        let page = try String(
            contentsOf: SourceTree.root().appending(path: "docs/dead-mans-switch.md"),
            encoding: .utf8
        )
        #expect(page.contains("| `\(rule.rawValue)` |"))
    }
}
