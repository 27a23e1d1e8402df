import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutDemo

@Suite struct DemoStackWithProviders {
    private let timekeeper = VirtualTimekeeper()

    /// Runs the stack on free ports, in virtual time, with an HTTP client beside it.
    private func withStack(
        _ body: (DemoStack, @Sendable (String, String, String?) async throws -> HTTPResponse) async throws ->
            Void
    ) async throws {
        let stack = try await DemoStack(firstPort: 0, timekeeper: timekeeper, providers: true)
        let client = try HTTPClient()
        let serving = Task { await stack.run() }
        do {
            try await body(stack) { method, url, text in
                let isProvider = url.contains("/api/v1") || url.contains("/v1/")
                let token = url.contains("/api/v1") ? DemoTokens.netlify : DemoTokens.render
                return try await client.send(
                    HTTPRequest(
                        url: url,
                        method: method,
                        headers: isProvider ? [HeaderField("Authorization", "Bearer \(token)")] : [],
                        body: text.map { Array($0.utf8) }
                    )
                )
            }
        } catch {
            serving.cancel()
            await client.shutdown()
            throw error
        }
        serving.cancel()
        await client.shutdown()
    }

    @Test func `a bad deployment by the control port is rolled back over the wire`() async throws {
        try await withStack { stack, send in
            let netlify = try #require(stack.url(of: .netlify))
            let site = netlify + "/api/v1/sites/\(StandardNames.production.netlifySite)"
            let page = stack.site("production").frontend + "/"
            func version() async throws -> String {
                String(decoding: try await send("GET", page, nil).body, as: UTF8.self)
            }
            let published = try JSONValue(parsing: try await send("GET", site, nil).body)["published_deploy"]
            let good = try #require(published?["id"]?.string)
            #expect(try await version().contains("2.0.4"))
            let push = try await send("POST", stack.controlURL + "/pushes", "main frontend=demo-mode")
            #expect(push.statusCode == 201)
            timekeeper.move(to: .seconds(600))
            #expect(try await version().contains("demo mode"))
            let restore = try await send("POST", site + "/deploys/\(good)/restore", nil)
            #expect(restore.statusCode == 201)
            #expect(try await version().contains("2.0.4"))
        }
    }

    @Test func `faults of providers go in and out by the control port`() async throws {
        try await withStack { stack, send in
            let render = try #require(stack.url(of: .render)) + "/v1/services"
            #expect(try await send("GET", render, nil).statusCode == 200)
            let listed = try await send("POST", stack.controlURL + "/faults", "render=429")
            #expect(String(decoding: listed.body, as: UTF8.self) == "[\"render=429\"]")
            let limited = try await send("GET", render, nil)
            #expect(limited.statusCode == 429)
            #expect(limited.headers.first(named: "retry-after") == "40")
            _ = try await send("DELETE", stack.controlURL + "/faults/render", nil)
            #expect(try await send("GET", render, nil).statusCode == 200)
            let wrong = try await send("POST", stack.controlURL + "/faults", "render=42")
            #expect(wrong.statusCode == 400)
        }
    }

    @Test func `an answer that is cut breaks the connection`() async throws {
        try await withStack { stack, send in
            stack.inject(ProviderFault(.render, .cut))
            let render = try #require(stack.url(of: .render)) + "/v1/services"
            await #expect(throws: TransferError.self) { try await send("GET", render, nil) }
        }
    }

    @Test func `a stack without providers has no ports for them`() async throws {
        let stack = try await DemoStack(firstPort: 0, timekeeper: timekeeper)
        #expect(stack.url(of: .netlify) == nil)
        #expect(stack.providerFaults.isEmpty)
    }
}
