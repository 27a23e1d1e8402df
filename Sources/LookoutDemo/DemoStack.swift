package import LookoutModel
import Synchronization

/// A staging and a production environment on loopback, in this process: frontend with its assets,
/// backend with health, CORS-guarded API and chat socket, each with faults that can be switched
/// while it runs; beside them a control port with a webhook sink.
package final class DemoStack: Sendable {
    package static let environments = ["production", "staging"]

    /// Where the sites of one environment are.
    package struct Site: Sendable {
        package let frontend: String
        package let backend: String
    }

    private struct State {
        var faults: Set<DemoFault> = []
        var ports: [String: DemoPort] = [:]
        var received: [String] = []
    }

    private let state = Mutex(State())
    private let timekeeper: any Timekeeper

    /// Binds all ports on 127.0.0.1: control, then frontend and backend of each environment.
    ///
    /// They are `firstPort` and those after it; 0 takes any free ones. Throws if one is in use.
    package init(firstPort: Int, timekeeper: any Timekeeper) async throws {
        self.timekeeper = timekeeper
        var next = firstPort
        func take() -> Int {
            defer { if firstPort != 0 { next += 1 } }
            return next
        }
        try await open("control", DemoControl(stack: self), take())
        for environment in Self.environments {
            try await open("\(environment).frontend", DemoFrontendSite(stack: self, environment), take())
            try await open("\(environment).backend", DemoBackendSite(stack: self, environment), take())
        }
    }

    /// Serves until the task is cancelled.
    package func run() async {
        let ports = state.withLock { Array($0.ports.values) }
        await withDiscardingTaskGroup { group in
            for port in ports { group.addTask { await port.run() } }
        }
    }

    /// The URL of the control port, without a slash at the end.
    package var controlURL: String { url("control") }
    /// Where a receiver posts to have its message kept and shown.
    package var sinkURL: String { controlURL + "/sink" }

    package func site(_ environment: String) -> Site {
        Site(frontend: url("\(environment).frontend"), backend: url("\(environment).backend"))
    }

    /// The faults that are injected now, in the order of their text.
    package var faults: [DemoFault] {
        state.withLock { $0.faults }.sorted { $0.description < $1.description }
    }

    /// Breaks something; it stays broken until it is mended.
    package func inject(_ fault: DemoFault) {
        state.withLock { _ = $0.faults.insert(fault) }
        if fault.kind == .down { port(fault)?.setUp(false) }
    }

    /// Mends a part of an environment, or all parts, or everything.
    package func mend(environment: String? = nil, part: DemoPart? = nil) {
        let mended = state.withLock { state in
            let mended = state.faults.filter {
                $0.environment == environment ?? $0.environment && $0.part == part ?? $0.part
            }
            state.faults.subtract(mended)
            return mended
        }
        for fault in mended where fault.kind == .down { port(fault)?.setUp(true) }
    }

    /// The messages that the sink received, oldest first; the newest thousand are kept.
    package var received: [String] { state.withLock { $0.received } }

    func receive(_ message: String) {
        state.withLock { state in
            state.received.append(message)
            if state.received.count > 1000 { state.received.removeFirst() }
        }
    }

    var now: Timestamp { timekeeper.now.wall }

    func faults(of part: DemoPart, in environment: String) -> Set<DemoFaultKind> {
        state.withLock { state in
            Set(state.faults.filter { $0.part == part && $0.environment == environment }.map(\.kind))
        }
    }

    private func open(_ name: String, _ site: any DemoSite, _ port: Int) async throws {
        let opened = try await DemoPort(site: site, port: port)
        state.withLock { $0.ports[name] = opened }
    }

    private func port(_ fault: DemoFault) -> DemoPort? {
        state.withLock { $0.ports["\(fault.environment).\(fault.part.rawValue)"] }
    }

    private func url(_ name: String) -> String {
        state.withLock { "http://127.0.0.1:\($0.ports[name]?.port ?? 0)" }
    }
}

/// One environment's frontend on its port.
private struct DemoFrontendSite: DemoSite {
    unowned let stack: DemoStack
    let environment: String

    init(stack: DemoStack, _ environment: String) {
        self.stack = stack
        self.environment = environment
    }

    func reply(to request: DemoRequest) async -> DemoReply {
        let other = DemoStack.environments.first { $0 != environment } ?? environment
        return DemoFrontend(
            backendURL: stack.site(environment).backend,
            foreignBackendURL: stack.site(other).backend,
            faults: stack.faults(of: .frontend, in: environment)
        )
        .reply(to: request)
    }
}

/// One environment's backend on its port.
private struct DemoBackendSite: DemoSite {
    unowned let stack: DemoStack
    let environment: String

    init(stack: DemoStack, _ environment: String) {
        self.stack = stack
        self.environment = environment
    }

    private var backend: DemoBackend {
        DemoBackend(
            allowedOrigins: [stack.site(environment).frontend],
            faults: stack.faults(of: .backend, in: environment),
            corsFaults: stack.faults(of: .cors, in: environment),
            chatFaults: stack.faults(of: .websocket, in: environment)
        )
    }

    func reply(to request: DemoRequest) async -> DemoReply {
        backend.reply(to: request, now: stack.now)
    }

    func chat(for request: DemoRequest) -> DemoChat? {
        request.path == "/ws/chat" ? backend.chat : nil
    }
}
