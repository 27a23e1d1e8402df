import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutTestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct PageProbeTests {
    private static let page = """
        <!doctype html><html><head><meta name="app-version" content="2.0.3">
        <link rel="stylesheet" href="/assets/a.css"><script type="module" src="/assets/index-1f.js"></script>
        </head><body><div id="root"></div></body></html>
        """

    private static let files = [
        "/": LoopbackAnswer(200, headers: [HeaderField("Content-Type", "text/html")], body: page),
        "/assets/a.css": LoopbackAnswer(200, headers: [HeaderField("Content-Type", "text/css")], body: "a{}"),
        "/assets/index-1f.js": LoopbackAnswer(
            200,
            headers: [HeaderField("Content-Type", "text/javascript")],
            body: "fetch('https://api.example/x');show('Welcome')"
        ),
        "/version.json": LoopbackAnswer(200, body: #"{"version":"7.1"}"#),
    ]

    /// Runs the probe against the site with some files replaced.
    private func run(
        _ settings: [String: JSONValue] = [:],
        replacing changed: [String: LoopbackAnswer] = [:]
    ) async throws -> ProbeResult {
        let files = Self.files.merging(changed) { $1 }
        return try await serveAnswers {
            files[$0.target] ?? LoopbackAnswer(404)
        } during: { server in
            let url: [String: JSONValue] = ["url": .string(server.url())]
            return try await ProbeBench().run(PageProbe.self, .object(settings.merging(url) { $1 }))
        }
    }

    @Test func `a page loads with its assets and states that no browser ran`() async throws {
        let result = try await run(["version_from": ["meta": "app-version"]])
        #expect(result.outcome == .ok)
        #expect(result.version == "2.0.3")
        #expect(result.facts["assets"] == 2)
        #expect(result.facts["bundles"] == ["index-1f.js"])
        #expect(result.facts["broken_assets"] == [])
        #expect(result.observation.findings.first?.contains("no browser ran") == true)
    }

    @Test(arguments: [
        (LoopbackAnswer(404), "status 404"),
        (
            LoopbackAnswer(200, headers: [HeaderField("Content-Type", "text/html")], body: page),
            "HTML instead of a script"
        ),
        (LoopbackAnswer(200, body: "\n <!DOCTYPE html>"), "HTML instead of a script"),
    ])
    func `a script that a browser cannot use is broken`(answer: LoopbackAnswer, fault: String) async throws {
        let result = try await run(replacing: ["/assets/index-1f.js": answer])
        #expect(result.failureClass == .condition)
        #expect(result.outcome.message?.contains("/assets/index-1f.js (\(fault))") == true)
        #expect(result.facts["broken_assets"]?.array?.count == 1)
    }

    @Test func `markers are found in the HTML and in scripts, without case`() async throws {
        let script = LoopbackAnswer(200, body: "banner('Running in EMERGENCY MODE')")
        let settings: [String: JSONValue] = ["markers": ["emergency mode", "demo mode"]]
        let result = try await run(settings, replacing: ["/assets/index-1f.js": script])
        #expect(result.failureClass == .condition)
        #expect(result.facts["markers_found"] == ["emergency mode"])
        #expect(result.facts["places"]?["emergency mode"]?.array?.count == 1)
        let html = try await run(
            settings.merging(["markers_in": "page"]) { $1 },
            replacing: ["/assets/index-1f.js": script]
        )
        #expect(html.outcome == .ok)
    }

    @Test func `a forbidden host in the served code is found`() async throws {
        let result = try await run(["forbidden_hosts": ["api.example", "staging.example"]])
        #expect(result.failureClass == .condition)
        #expect(result.facts["foreign_hosts_found"] == ["api.example"])
    }

    @Test func `an error page fails by its status and loads nothing`() async throws {
        let result = try await run(replacing: ["/": LoopbackAnswer(502, body: Self.page)])
        #expect(result.failureClass == .status)
        #expect(result.facts["assets"] == 0)
    }

    @Test func `the version may stand in a file beside the page`() async throws {
        let result = try await run(["version_from": ["url": "version.json"]])
        #expect(result.version == "7.1")
    }

    @Test func `an asset that does not come in time makes the page late`() async throws {
        try await serve { connection in
            let request = try connection.readRequest()
            if request.target != "/" { try connection.hang() }
            try connection.send(LoopbackAnswer(200, body: Self.page))
        } during: { server in
            let result = try await ProbeBench().run(
                PageProbe.self,
                ["url": .string(server.url())],
                timeout: .milliseconds(300)
            )
            #expect(result.failureClass == .timeout)
            #expect(result.outcome.message?.hasSuffix("2 of 2 assets are missing") == true)
        }
    }

    @Test func `a load that takes longer than it may misses an expectation`() async throws {
        let result = try await run(["expect": ["max_duration": "0.001ms"]])
        #expect(result.failureClass == .condition)
    }

    @Test func `credentials go to the page's own origin only`() async throws {
        try await serveAnswers { _ in
            LoopbackAnswer(200, body: "x")
        } during: { other in
            let foreign = other.url("/cdn.js")
            let page = LoopbackAnswer(
                200,
                body: "<script src=\"\(foreign)\"></script><script src=own.js></script>"
            )
            try await serveAnswers { _ in
                page
            } during: { server in
                _ = try await ProbeBench().run(
                    PageProbe.self,
                    ["url": .string(server.url()), "headers": ["Authorization": "Bearer x"]]
                )
                #expect(server.requests.map { $0.header("Authorization") } == ["Bearer x", "Bearer x"])
                #expect(other.requests.map { $0.header("Authorization") } == [nil])
            }
        }
    }
}
