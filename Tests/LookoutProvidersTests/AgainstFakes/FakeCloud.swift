import LookoutDemo
import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Synchronization

/// The fakes of the five providers in process: what the demo shows, on a clock that the test moves.
final class FakeCloud: HTTPTransport {
    let timekeeper: VirtualTimekeeper
    private let cloud: Mutex<DemoCloud>

    init(timekeeper: VirtualTimekeeper = VirtualTimekeeper()) {
        self.timekeeper = timekeeper
        let addresses = [
            "production": DemoAddresses(frontend: "https://wins.example", backend: "https://pam.example"),
            "staging": DemoAddresses(frontend: "https://st.example", backend: "https://pam-st.example"),
        ]
        cloud = Mutex(StandardCloud(start: timekeeper.now.wall, addresses: addresses).cloud)
    }

    /// Does something to the cloud, now.
    func change<Result>(_ body: (inout DemoCloud, Timestamp) -> sending Result) -> sending Result {
        let now = timekeeper.now.wall
        return cloud.withLock { body(&$0, now) }
    }

    func pass(_ time: Duration) {
        timekeeper.move(to: timekeeper.now.monotonic + time)
    }

    /// Pushes a commit to a branch; its name.
    @discardableResult
    func push(
        to branch: String = "main",
        files: [String] = ["src/App.tsx", "backend/app/main.py"],
        flaws: Set<DemoFlaw> = []
    ) -> String {
        change { cloud, now in
            let parent = cloud.github.history.branches[branch].map { [$0] } ?? []
            let revision = DemoRevision(
                parents: parent,
                message: "feat: something new",
                at: now,
                files: files,
                version: "2.9.0",
                flaws: flaws
            )
            cloud.push([revision], to: branch, at: now)
            return revision.id
        }
    }

    /// Asks a provider for something that Lookout itself never asks for, as a person would with curl.
    func order(_ provider: ProviderName, _ method: String, _ target: String, body: String = "") -> Int {
        let tokens = [ProviderName.netlify: DemoTokens.netlify, .render: DemoTokens.render]
        let request = DemoRequest(
            method: method,
            target: target,
            headers: [("Authorization", "Bearer \(tokens[provider] ?? "")")],
            body: Array(body.utf8)
        )
        return change { $0.reply(of: provider, to: request, now: $1).status }
    }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        guard let origin = WebOrigin(of: request.url),
            let provider = origin.host.split(separator: ".").first.flatMap({
                ProviderName(rawValue: String($0))
            })
        else { throw TransferError(.target(.dns), "no such host") }
        let target = request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
        var headers = request.headers.map { (name: $0.name, value: $0.value) }
        if let token = request.bearerToken { headers.append(("Authorization", "Bearer \(token.reveal())")) }
        let asked = DemoRequest(
            method: request.method,
            target: String(target),
            headers: headers,
            body: request.body ?? []
        )
        let isDown = change { cloud, _ in cloud.faults.contains(ProviderFault(provider, .down)) }
        guard !isDown else { throw TransferError(.target(.connect), "could not connect") }
        let reply = change { $0.reply(of: provider, to: asked, now: $1) }
        guard !reply.hangs, reply.delay < request.timeout else {
            throw TransferError(.target(.timeout), "no answer within the time")
        }
        guard reply.cutAfter == nil else {
            throw TransferError(.target(.protocolViolation), "the answer ended before it was complete")
        }
        guard reply.body.utf8.count <= request.maximumBodyBytes else {
            throw TransferError(.target(.size), "the body is larger than allowed")
        }
        return HTTPResponse(
            statusCode: reply.status,
            headers: reply.headers.map { HeaderField($0.name, $0.value) },
            body: Array(reply.body.utf8)
        )
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "not part of this test")
    }
}

// The clients of what is in production.
extension FakeCloud {
    private func transport(_ account: ProviderAccount) throws -> ProviderTransport {
        try ProviderTransport(account, over: self, by: timekeeper, randomness: SeededGenerator(seed: 1))
    }

    var netlify: NetlifySite {
        get throws {
            NetlifySite(
                id: StandardNames.production.netlifySite,
                through: try transport(
                    .netlify(token: Secret(DemoTokens.netlify), base: "https://netlify.example")
                )
            )
        }
    }

    var render: RenderService {
        get throws {
            RenderService(
                id: StandardNames.production.renderService,
                through: try transport(
                    .render(token: Secret(DemoTokens.render), base: "https://render.example")
                )
            )
        }
    }

    var supabase: SupabaseProject {
        get throws {
            SupabaseProject(
                reference: StandardNames.production.supabaseProject,
                through: try transport(
                    .supabase(token: Secret(DemoTokens.supabase), base: "https://supabase.example")
                )
            )
        }
    }

    var sentry: SentryProject {
        get throws {
            SentryProject(
                organization: "wheels-and-wins",
                projects: [],
                environment: "production",
                through: try transport(
                    .sentry(token: Secret(DemoTokens.sentry), base: "https://sentry.example")
                )
            )
        }
    }
}
