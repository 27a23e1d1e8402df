import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutRules
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `Loading a configuration` {
    static let complete = """
        data_directory: data
        listen: "[::1]:8080"
        log: {level: debug}
        environments:
          production:
            variables: {backend: https://b.example, status: 204}
            labels: {tier: production, team: core}
          staging:
            variables: {backend: https://s.example, status: 200}
        defaults: {interval: 20s, timeout: 5s, attempts: 3}
        limits: {in_flight: 7}
        retention: {samples: 2d}
        probes:
          - name: health
            interval: 1m
            labels: {team: web}
            http:
              url: ${backend}/health
              status: ${status}
          - name: echo.v2
            environments: [staging]
            timeout: 500ms
            attempts: 1
            echo:
        rules: {files: ["Rules/*.yaml"]}
        receivers:
          - name: team
            hook: {url: {env: HOOK}}
          - name: console
            screen: {}
        """

    static let rules = """
        groups:
          - name: all
            rules:
              - id: down
                expr: sample.outcome == "failed"
                severity: 3
                summary: "down"
        """

    let fixture: LoaderFixture

    init() throws {
        var fixture = try LoaderFixture()
        fixture.environment = ["HOOK": "https://hook.example/hunter2"]
        self.fixture = fixture
    }

    @Test func `a complete file becomes a configuration`() throws {
        try fixture.directory.place("Rules/a.yaml", Self.rules)
        let (loaded, messages) = try fixture.load(text: Self.complete)
        #expect(messages == [])
        let configuration = try #require(loaded)
        #expect(configuration.dataDirectory == "\(fixture.directory.path)/data")
        #expect(configuration.listen == ListenAddress(host: "::1", port: 8080))
        #expect(configuration.log.level == .debug)
        #expect(configuration.limits.inFlight == 7)
        #expect(configuration.retention.samples == .seconds(172_800))
        #expect(configuration.environments.map(\.name) == ["production", "staging"])
        #expect(configuration.receivers.map(\.name) == ["team", "console"])
        #expect(configuration.receivers.map(\.typeName) == ["hook", "screen"])
        #expect(configuration.ruleFiles == ["\(fixture.directory.path)/Rules/a.yaml"])
        #expect(configuration.rules.rules.map(\.id) == ["down"])
    }

    @Test func `a probe is expanded over its environments`() throws {
        try fixture.directory.place("Rules/a.yaml", Self.rules)
        let checks = try #require(try fixture.load(text: Self.complete).configuration).checks.map(\.check)
        #expect(
            checks == [
                Check(
                    id: CheckID(environment: "production", probe: "health"),
                    type: "http",
                    interval: .seconds(60),
                    timeout: .seconds(5),
                    attempts: 3,
                    labels: ["tier": "production", "team": "web"]
                ),
                Check(
                    id: CheckID(environment: "staging", probe: "health"),
                    type: "http",
                    interval: .seconds(60),
                    timeout: .seconds(5),
                    attempts: 3,
                    labels: ["team": "web"]
                ),
                Check(
                    id: CheckID(environment: "staging", probe: "echo.v2"),
                    type: "echo",
                    interval: .seconds(20),
                    timeout: .milliseconds(500),
                    attempts: 1
                ),
            ]
        )
    }

    @Test func `what the file leaves out has its default`() throws {
        let text = "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\n"
        let configuration = try #require(try fixture.load(text: text).configuration)
        #expect(configuration.dataDirectory == "\(fixture.directory.path)/lookout-data")
        #expect(configuration.listen.description == "127.0.0.1:9820")
        #expect(configuration.log.level == .info)
        #expect(configuration.limits.inFlight == 100)
        #expect(configuration.retention.samples == .seconds(14 * 86_400))
        #expect(configuration.receivers.isEmpty)
        #expect(configuration.ruleFiles.isEmpty)
        let check = try #require(configuration.checks.first?.check)
        #expect(check.interval == .seconds(30))
        #expect(check.timeout == .seconds(10))
        #expect(check.attempts == 2)
    }

    @Test(arguments: [("/var/lib/a", "/var/lib/a"), ("/var/lib/a:/var/lib/b", "/var/lib/a")])
    func `systemd's state directory is the default for data`(given: String, used: String) throws {
        var fixture = fixture
        fixture.stateDirectory = given
        let text = "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\n"
        #expect(try fixture.load(text: text).configuration?.dataDirectory == used)
        #expect(try fixture.load(text: text + "data_directory: /x\n").configuration?.dataDirectory == "/x")
    }

    @Test func `a run that may outlast its interval is a warning`() throws {
        let text = """
            environments: {a: {}, b: {}}
            probes:
              - name: slow
                interval: 5s
                timeout: 4s
                attempts: 2
                echo: {}
            """
        let (configuration, messages) = try fixture.load(text: text)
        #expect(configuration != nil)
        #expect(
            messages == [
                "lookout.yaml:3:11: warning: a run of \"slow\" may take 8s (timeout times attempts),"
                    + " longer than its interval of 5s\n"
                    + "  hint: runs that fall due meanwhile are skipped; lower timeout or attempts"
            ]
        )
    }

    @Test func `a configuration without probes is a warning`() throws {
        let (configuration, messages) = try fixture.load(text: "environments: {e: {}}\nprobes: []\n")
        #expect(configuration?.checks.count == 0)
        #expect(messages == ["lookout.yaml:2:9: warning: there is no probe, so nothing is watched"])
    }

    @Test func `a secret file is looked for beside the configuration`() throws {
        try fixture.directory.place("token", "abc\n")
        let text = """
            environments: {e: {}}
            probes: [{name: p, http: {url: u, token: {file: token}}}]
            """
        #expect(try fixture.load(text: text).messages == [])
    }

    @Test func `nothing of a loaded configuration shows its secrets`() throws {
        try fixture.directory.place("Rules/a.yaml", Self.rules)
        let configuration = try #require(try fixture.load(text: Self.complete).configuration)
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(!String(reflecting: configuration).contains("hunter2"))
    }
}
