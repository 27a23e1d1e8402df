import LookoutHTTP
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDemo

/// The network inside of the process, asked as probes and clients ask.
struct VirtualNetworkTests {
    private struct Site: DemoSite {
        var answer = DemoReply(200, body: "hello")
        var manner: DemoChat?

        func reply(to request: DemoRequest) async -> DemoReply {
            if request.path == "/moved" { return DemoReply(302, headers: [("location", "/there?a=1")]) }
            if request.path == "/there" { return DemoReply(200, body: request.target) }
            if request.path == "/away" { return DemoReply(307, headers: [("location", "http://other/x")]) }
            if request.path == "/token" {
                return DemoReply(200, body: request.header("authorization") ?? "none")
            }
            return answer
        }

        func chat(for request: DemoRequest) -> DemoChat? { manner }
    }

    private struct Echo: DemoSite {
        func reply(to request: DemoRequest) async -> DemoReply {
            DemoReply(200, body: request.header("authorization") ?? "none")
        }
    }

    private static func ask(
        _ request: HTTPRequest,
        site: Site = Site(),
        prepare: (VirtualNetwork) -> Void = { _ in }
    ) async throws -> (Result<HTTPResponse, TransferError>, Duration) {
        let world = Simulation()
        let network = VirtualNetwork(timekeeper: world.timekeeper)
        network.add(site, at: "site", latency: LatencyModel(median: 0.1, sigma: 0))
        network.add(Echo(), at: "other")
        prepare(network)
        let began = world.now.monotonic
        let result = try await world.run { () async -> Result<HTTPResponse, TransferError> in
            do throws(TransferError) { return .success(try await network.send(request)) } catch {
                return .failure(error)
            }
        }
        return (result, world.now.monotonic - began)
    }

    @Test func `an answer takes the time of the site, and no real time`() async throws {
        let (result, took) = try await Self.ask(
            HTTPRequest(url: "http://site/"),
            site: Site(answer: DemoReply(200, body: "hello").delayed(by: .seconds(2)))
        )
        let response = try result.get()
        #expect(response.body == Array("hello".utf8))
        #expect(response.timings.firstByte == .milliseconds(2100))
        #expect(took == .milliseconds(2103) && response.timings.total == took)
    }

    @Test func `what does not answer ends at the deadline`() async throws {
        for site in [
            Site(answer: DemoReply(200, hangs: true)),
            Site(answer: DemoReply(200, body: "late").delayed(by: .seconds(30))),
        ] {
            let (result, took) = try await Self.ask(
                HTTPRequest(url: "http://site/", timeout: .seconds(3)),
                site: site
            )
            #expect(result.failure == .target(.timeout))
            #expect(took == .seconds(3))
        }
    }

    @Test func `names, refusals and a lost network fail as they do outside`() async throws {
        let unknown = try await Self.ask(HTTPRequest(url: "http://nobody/")).0
        #expect(unknown.failure == .target(.dns))
        let refused = try await Self.ask(HTTPRequest(url: "http://site/")) {
            $0.setRefusing(true, at: "site")
        }.0
        #expect(refused.failure == .target(.connect))
        let offline = try await Self.ask(HTTPRequest(url: "http://site/")) { $0.setOffline(true) }.0
        #expect(offline.failure == .target(.dns))
        let odd = try await Self.ask(HTTPRequest(url: "ftp://site/")).0
        #expect(odd.failure == .local)
    }

    @Test func `cut and long bodies are no answers`() async throws {
        var reply = DemoReply(200, body: "0123456789")
        reply.cutAfter = 4
        let cut = try await Self.ask(HTTPRequest(url: "http://site/"), site: Site(answer: reply)).0
        #expect(cut.failure == .target(.protocolViolation))
        reply.cutAfter = nil
        var request = HTTPRequest(url: "http://site/", maximumBodyBytes: 4)
        let long = try await Self.ask(request, site: Site(answer: reply)).0
        #expect(long.failure == .target(.size))
        request.cutsLongBody = true
        #expect(try await Self.ask(request, site: Site(answer: reply)).0.get().body == Array("0123".utf8))
    }

    @Test func `redirects are followed as far as asked, and a token stays with its host`() async throws {
        let kept = try await Self.ask(HTTPRequest(url: "http://site/moved")).0.get()
        #expect(kept.statusCode == 302 && kept.redirects == 0)
        let followed = try await Self.ask(HTTPRequest(url: "http://site/moved", maximumRedirects: 2)).0.get()
        #expect(String(decoding: followed.body, as: UTF8.self) == "/there?a=1" && followed.redirects == 1)
        let own = HTTPRequest(url: "http://site/token", bearerToken: Secret("t"))
        #expect(try await Self.ask(own).0.get().body == Array("Bearer t".utf8))
        let away = HTTPRequest(url: "http://site/away", maximumRedirects: 1, bearerToken: Secret("t"))
        #expect(try await Self.ask(away).0.get().body == Array("none".utf8))
    }

    @Test(arguments: [
        (DemoChat.talks, "ok"), (.closes(code: 4001, reason: "no"), "failed"),
        (.refuses(status: 403), "failed"),
        (.isSilent, "failed"),
    ])
    func `the probe of chat sockets sees each manner`(manner: DemoChat, expected: String) async throws {
        let world = Simulation()
        let network = VirtualNetwork(timekeeper: world.timekeeper)
        network.add(Site(manner: manner), at: "site")
        let probe = try Self.chatProbe()
        let context = ProbeContext(transport: network, timekeeper: world.timekeeper, timeout: .seconds(5))
        let outcome = try await world.run { await probe.run(context).outcome }
        #expect(outcome.name == expected, "\(outcome)")
    }

    private static func chatProbe() throws -> ConfiguredProbe {
        let place = SourcePosition(file: "test.yaml", line: 1, column: 1)
        func text(_ text: String) -> SettingsNode { SettingsNode(.scalar(text, isQuoted: true), at: place) }
        let settings = [("url", "ws://site/ws/chat"), ("send", "hello"), ("expect_reply", "reply")].map {
            SettingsNode.Entry(key: $0, position: place, value: text($1))
        }
        var context = SettingsContext()
        let node = SettingsNode(.mapping(settings), at: place)
        guard let probe = WebSocketProbe.configured(node, &context) else { throw context.diagnostics }
        return probe
    }

    @Test func `latencies have the median and the spread that they were given`() {
        var model = LatencyModel(median: 0.2, sigma: 0.5, correlation: 0.6, seed: 7)
        let sorted = (0..<20_000).map { _ in model.next() / .seconds(1) }.sorted()
        #expect(abs(sorted[10_000] / 0.2 - 1) < 0.05)
        // The 84th percentile of a normal distribution is one standard deviation up: e to the sigma.
        #expect(abs(sorted[16_827] / sorted[10_000] / 1.6487 - 1) < 0.06)
        model.factor = 2
        let slower = (0..<20_000).map { _ in model.next() / .seconds(1) }.sorted()
        #expect(abs(slower[10_000] / 0.4 - 1) < 0.05)
    }
}

extension DemoReply {
    fileprivate func delayed(by time: Duration) -> DemoReply {
        var reply = self
        reply.delay = time
        return reply
    }
}

extension Result where Failure == TransferError {
    fileprivate var failure: TransferError.Cause? {
        if case .failure(let error) = self { error.cause } else { nil }
    }
}
