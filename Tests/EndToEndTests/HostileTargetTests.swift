import LookoutModel
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// Targets that misbehave, all at once beside one that is well: each is a classified failure, and the
    /// well one stays well.
    @Suite struct HostileTargets {
        /// What a target does, and the failure that it must come to.
        private static let targets: [(name: String, failure: String, script: LoopbackScript)] = [
            (
                "endless-body", "size",
                { connection in
                    _ = try connection.readRequest()
                    try connection.send("HTTP/1.1 200 OK\r\n\r\n")
                    try connection.sendEndlessly(String(repeating: "x", count: 4096))
                }
            ),
            (
                "endless-headers", "size",
                { connection in
                    _ = try connection.readRequest()
                    try connection.send("HTTP/1.1 200 OK\r\n")
                    try connection.sendEndlessly("x-more: and more\r\n")
                }
            ),
            (
                "hanging", "timeout",
                { connection in
                    _ = try connection.readRequest()
                    try connection.hang()
                }
            ),
            (
                "no-http", "protocol",
                { connection in
                    _ = try connection.readRequest()
                    try connection.send("220 mail.example ESMTP\r\n")
                }
            ),
            (
                "not-text", "body",
                { connection in
                    _ = try connection.readRequest()
                    let body: [UInt8] = [0xff, 0xfe, 0x00, 0xc3, 0x28]
                    try connection.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".utf8) + body)
                }
            ),
        ]

        @Test func `each is a failure of its class and none stops the others`() async throws {
            let well = try LoopbackServer { connection in
                _ = try connection.readRequest()
                try connection.send(LoopbackAnswer(body: #"{"status":"healthy"}"#))
            }
            let silent = try LoopbackServer { try $0.hang() }
            let hostile = try Self.targets.map { try LoopbackServer($0.script) }
            defer { for server in hostile + [well, silent] { server.stop() } }
            let probes = zip(Self.targets, hostile).map { target, server in
                let expect = target.name == "not-text" ? ", expect: {body_contains: [healthy]}" : ""
                return "  - {name: \(target.name), http: {url: \"\(server.url())\"\(expect)}}"
            }
            let folder = try TestFolder()
            try folder.write(
                """
                environments: {production: {}}
                defaults: {interval: 10s, timeout: 2s, attempts: 1}
                probes:
                  - {name: well, http: {url: "\(well.url())"}}
                  - {name: silent-socket, websocket: {url: "\(silent.url(scheme: "ws"))"}}
                \(probes.joined(separator: "\n"))
                """,
                to: "lookout.yaml"
            )
            let result = try await LookoutProcess.run(["check", "--json"], in: folder)
            let report = try JSONValue(parsing: Array(result.output.utf8))
            guard case .array(let checks)? = report["checks"] else {
                Issue.record("no checks in \(result.output)")
                return
            }
            var failures: [String: String] = [:]
            for check in checks {
                failures[check["probe"]?.string ?? ""] = check["failure"]?.string ?? check["outcome"]?.string
            }
            var expected = ["well": "ok", "silent-socket": "timeout"]
            for target in Self.targets { expected[target.name] = target.failure }
            #expect(failures == expected)
            #expect(result.code == 3)
        }
    }
}
