import LookoutConfiguration
import LookoutProbing
import LookoutRules
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `What a configuration was read from` {
    var fixture: LoaderFixture
    private static let main = """
        environments: {e: {variables: {a: b}}}
        probes: [{name: p, http: {url: "${a}", token: {env: TOKEN}}}]
        rules: {files: [rules/*.yaml]}
        receivers: [{name: r, hook: {url: {env: URL}}}]
        """
    private static let rule = """
        groups:
          - {name: g, rules: [{id: a, expr: sample.failed, severity: 3, summary: s, runbook: docs/a.md}]}
        """

    init() throws {
        fixture = try LoaderFixture()
        fixture.environment = ["TOKEN": "t0ken", "URL": "https://u"]
        try fixture.directory.place("rules/a.yaml", Self.rule)
    }

    private func loader() -> ConfigurationLoader {
        let environment = fixture.environment
        return ConfigurationLoader(
            probes: LoaderFixture.probes,
            receivers: LoaderFixture.receivers,
            secrets: SystemSecrets { environment[$0] },
            stateDirectory: nil
        )
    }

    @Test func `texts are those of the files, and hold references in the place of secrets`() throws {
        let sources = try #require(try fixture.load(text: Self.main).configuration).sources
        #expect(sources.main.path == fixture.directory.file("lookout.yaml"))
        #expect(sources.main.text == Self.main)
        #expect(sources.rules == [FileText(path: fixture.directory.file("rules/a.yaml"), text: Self.rule)])
        #expect(sources.plainSecrets == [])
    }

    @Test func `it can be read again when the files have become wrong, or are gone`() throws {
        let first = try #require(try fixture.load(text: Self.main).configuration)
        try fixture.directory.place("lookout.yaml", "probes: [")
        try fixture.directory.place("rules/a.yaml", "groups: [{name: g, rules: [{id: b}]}]")
        try fixture.directory.place("rules/b.yaml", "nonsense")
        let (second, diagnostics) = loader().load(first.sources)
        #expect(diagnostics.sorted == [])
        #expect(second?.sources == first.sources)
        #expect(second?.rules.rules.map(\.id) == ["a"])
        #expect(second?.checks.map(\.check) == first.checks.map(\.check))
        #expect(second?.dataDirectory == first.dataDirectory)
    }

    @Test func `secrets are looked up anew each time`() throws {
        let sources = try #require(try fixture.load(text: Self.main).configuration).sources
        let loader = ConfigurationLoader(
            probes: LoaderFixture.probes,
            receivers: LoaderFixture.receivers,
            secrets: SystemSecrets { _ in nil },
            stateDirectory: nil
        )
        let errors = loader.load(sources).diagnostics.errors.map(\.message)
        #expect(
            errors == ["environment variable TOKEN is not set", "environment variable URL is not set"]
        )
    }

    @Test func `secrets in clear are named by their places and not by their values`() throws {
        let text = """
            environments: {e: {}, f: {}}
            probes: [{name: p, http: {url: x, token: s3cret}}]
            receivers: [{name: r, hook: {url: "https://u/s3cret"}}]
            """
        let sources = try #require(try fixture.load(text: text).configuration).sources
        let places = Set(sources.plainSecrets.map { "\($0.line):\($0.column)" })
        #expect(places == ["2:42", "3:35"])
    }

    @Test(
        arguments: [
            ("data_directory: data\nprobes: [", "data"),
            ("probes: [\ndata_directory: \"my data\" # ours\n", "my data"),
            ("\u{FEFF}environments: {}\r\ndata_directory: /srv/x\r\n\tbad", "/srv/x"),
            ("data_directory: data\nprobes: {}", "data"),
            ("data_directory: [data]", "lookout-data"),
            ("data_directory: \"\"", "lookout-data"),
            ("probes:\n  data_directory: data", "lookout-data"),
            ("probes: [\n  data_directory: data", "lookout-data"),
            ("", "lookout-data"),
        ]
    )
    func `a wrong file still tells where its data is`(text: String, directory: String) throws {
        let path = try fixture.directory.place("lookout.yaml", text)
        let expected = directory.hasPrefix("/") ? directory : fixture.directory.file(directory)
        #expect(loader().dataDirectory(ofWrong: path) == expected)
    }

    @Test func `a file that is gone has its data where it is by default`() throws {
        let path = fixture.directory.file("missing.yaml")
        #expect(loader().dataDirectory(ofWrong: path) == fixture.directory.file("lookout-data"))
        let service = ConfigurationLoader(
            probes: LoaderFixture.probes,
            receivers: LoaderFixture.receivers,
            stateDirectory: "/var/lib/lookout:/var/lib/other"
        )
        #expect(service.dataDirectory(ofWrong: path) == "/var/lib/lookout")
    }
}
