import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

/// What every probe type promises; a new one is found through the registry.
@Suite(.timeLimit(.minutes(3))) struct ProbeContractTests {
    static let names = ProbeRegistry.builtin.names

    private func type(_ name: String) throws -> any ProbeType.Type {
        try #require(ProbeRegistry.builtin.type(named: name))
    }

    @Test func `no two types have one name`() {
        #expect(Set(ProbeContractTests.names).count == ProbeContractTests.names.count)
    }

    @Test(arguments: names) func `every setting is documented and named in snake case`(name: String) throws {
        let type = try type(name)
        #expect(!type.summary.isEmpty)
        #expect(faults(in: type.settingsShape) == [])
    }

    @Test(arguments: names) func `every fact is documented and named once in snake case`(name: String) throws
    {
        let facts = try type(name).facts
        #expect(!facts.isEmpty)
        #expect(Set(facts.map(\.name)).count == facts.count)
        for fact in facts {
            #expect(isSnakeCase(fact.name) && !fact.summary.isEmpty, "\(fact.name)")
        }
    }

    @Test(arguments: names) func `unknown and missing settings are reported together`(name: String) throws {
        let complaints = ProbeBench.complaints(try type(name), ["urls": "http://a.example"])
        #expect(complaints.contains("unknown key \"urls\""))
        #expect(complaints.contains("\"url\" is missing"))
    }

    @Test(arguments: names) func `a dead port is a failure to connect`(name: String) async throws {
        let result = try await run(name, url: closedLoopbackURL())
        #expect(result.failureClass == .connect, "\(result.outcome)")
    }

    @Test(arguments: names) func `a silent server is a timeout`(name: String) async throws {
        try await serve {
            try $0.hang()
        } during: { server in
            let result = try await run(name, url: server.url(), timeout: .milliseconds(200))
            #expect(result.failureClass == .timeout, "\(result.outcome)")
        }
    }

    @Test(arguments: names) func `half a status line is a timeout`(name: String) async throws {
        try await serve { connection in
            try connection.readRequest()
            try connection.send("HTTP/1.1 2")
            try connection.hang()
        } during: { server in
            let result = try await run(name, url: server.url(), timeout: .milliseconds(200))
            #expect(result.failureClass == .timeout, "\(result.outcome)")
        }
    }

    @Test(arguments: names) func `an endless body is bounded`(name: String) async throws {
        try await serve { connection in
            try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            try connection.sendEndlessly(String(repeating: "x", count: 65_536))
        } during: { server in
            let result = try await run(name, url: server.url())
            #expect(result.outcome.failure != nil)
            #expect(result.observation.body.count <= 64 << 20)
        }
    }

    @Test(arguments: names) func `endless headers are bounded`(name: String) async throws {
        try await serve { connection in
            try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\n")
            try connection.sendEndlessly(
                String(repeating: "X-Filler: \(String(repeating: "x", count: 99))\r\n", count: 100)
            )
        } during: { server in
            let result = try await run(name, url: server.url())
            #expect(result.outcome.failure != nil)
        }
    }

    @Test(arguments: names) func `a server that hangs up is a failure`(name: String) async throws {
        try await serve {
            try $0.readRequest()
        } during: { server in
            let result = try await run(name, url: server.url())
            #expect(result.outcome.failure != nil, "\(result.outcome)")
        }
    }

    @Test(arguments: names) func `a server that speaks something else breaks the protocol`(
        name: String
    ) async throws {
        try await serve {
            try $0.send("220 mail.example ESMTP\r\n")
        } during: { server in
            let result = try await run(name, url: server.url())
            #expect(result.failureClass == .protocolViolation, "\(result.outcome)")
        }
    }

    @Test(arguments: names) func `a cancelled run says nothing of the target`(name: String) async throws {
        try await serve {
            try $0.hang()
        } during: { server in
            let running = Task { try await run(name, url: server.url(), timeout: .seconds(60)) }
            try await eventually("the probe has connected") { server.connectionCount > 0 }
            running.cancel()
            let result = try await running.value
            #expect(result.outcome.name == "inconclusive", "\(result.outcome)")
        }
    }

    @Test(arguments: names) func `a run reports declared facts of their declared types`(
        name: String
    ) async throws {
        let type = try type(name)
        try await withLoopbackServer(answering: politeAnswer) { server in
            let result = try await run(name, url: server.url())
            #expect(!result.facts.isEmpty)
            for (factName, value) in result.facts {
                let field = try #require(
                    type.facts.first { $0.name == factName },
                    "\(factName) is not declared"
                )
                #expect(matches(value, field.kind), "\(factName): \(value)")
            }
        }
    }

    private func run(
        _ name: String,
        url: String,
        timeout: Duration = .seconds(60)
    ) async throws -> ProbeResult {
        let type = try type(name)
        return try await ProbeBench().run(type, ProbeBench.leastSettings(type, url: url), timeout: timeout)
    }
}

/// An answer that most probes can do something with.
private func politeAnswer(_ request: LoopbackRequest) -> LoopbackAnswer {
    LoopbackAnswer(
        200,
        headers: [HeaderField("Content-Type", "text/html"), HeaderField("Access-Control-Allow-Origin", "*")],
        body: "<!doctype html><script src=/a.js></script>"
    )
}

private func isSnakeCase(_ name: String) -> Bool {
    name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLowercase || $0.isNumber) }
        && name.first?.isLetter == true
}

/// The keys, at any depth, that are not named or documented as they should be.
private func faults(in shape: Shape) -> [String] {
    switch shape {
    case .object(let properties):
        properties.flatMap { property in
            (isSnakeCase(property.key) && property.summary.hasSuffix(".") ? [] : [property.key])
                + faults(in: property.shape)
        }
    case .list(let element), .dictionary(let element): faults(in: element)
    case .oneOf(let shapes): shapes.flatMap(faults)
    default: []
    }
}

private func matches(_ value: JSONValue, _ kind: FactField.Kind) -> Bool {
    switch (kind, value) {
    case (.bool, .bool), (.int, .int), (.double, .double), (.string, .string), (.dynamic, _): true
    case (.strings, .array(let elements)): elements.allSatisfy { $0.string != nil }
    default: false
    }
}
