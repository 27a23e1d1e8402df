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
        var ports: [String: DemoPort] = [:]
        var received: [String] = []
    }

    private let state = Mutex(State())
    /// What is served; also for pushes, provider settings and variables.
    package let scene: SharedScene

    /// Binds all ports on 127.0.0.1: control, then frontend and backend of each environment, then the providers.
    ///
    /// They are `firstPort` and those after it; 0 takes any free ones. Throws if one is in use.
    package init(firstPort: Int, timekeeper: any Timekeeper, providers: Bool = false) async throws {
        scene = SharedScene(DemoScene(addresses: [:]), timekeeper: timekeeper)
        var next = firstPort
        func take() -> Int {
            defer { if firstPort != 0 { next += 1 } }
            return next
        }
        try await open("control", DemoControl(stack: self), take())
        for environment in Self.environments {
            try await open("\(environment).frontend", scene.site(.frontend(environment)), take())
            try await open("\(environment).backend", scene.site(.backend(environment)), take())
        }
        let addresses = Dictionary(
            uniqueKeysWithValues: Self.environments.map {
                ($0, DemoAddresses(frontend: url("\($0).frontend"), backend: url("\($0).backend")))
            }
        )
        let cloud = providers ? StandardCloud(start: timekeeper.now.wall, addresses: addresses).cloud : nil
        scene.change { scene, _ in scene = DemoScene(addresses: addresses, cloud: cloud) }
        for provider in ProviderName.allCases where providers {
            try await open(provider.rawValue, scene.site(.provider(provider)), take())
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

    /// Where a provider's API is, without a slash at the end; nil for a stack without providers.
    package func url(of provider: ProviderName) -> String? {
        state.withLock { $0.ports[provider.rawValue] }.map { "http://127.0.0.1:\($0.port)" }
    }

    /// The faults that are injected now, in the order of their text.
    package var faults: [DemoFault] {
        scene.change { scene, _ in scene.faults }.sorted { $0.description < $1.description }
    }

    /// The faults of the providers, in the order of their text.
    package var providerFaults: [ProviderFault] { scene.change { scene, _ in scene.cloud?.faults ?? [] } }

    /// Breaks something; it stays broken until it is mended.
    package func inject(_ fault: DemoFault) {
        scene.change { scene, _ in scene.inject(fault) }
        if fault.kind == .down { port(fault)?.setUp(false) }
    }

    /// Breaks a provider until it is mended.
    package func inject(_ fault: ProviderFault) {
        scene.change { scene, _ in scene.cloud?.inject(fault) }
        if fault.kind == .down { state.withLock { $0.ports[fault.provider.rawValue] }?.setUp(false) }
    }

    /// Mends a part of an environment, or all parts, or everything.
    package func mend(environment: String? = nil, part: DemoPart? = nil) {
        let mended = scene.change { scene, _ in scene.mend(environment: environment, part: part) }
        for fault in mended where fault.kind == .down { port(fault)?.setUp(true) }
    }

    package func mend(_ provider: ProviderName) {
        scene.change { scene, _ in scene.cloud?.mend(provider) }
        state.withLock { $0.ports[provider.rawValue] }?.setUp(true)
    }

    /// The messages that the sink received, oldest first; the newest thousand are kept.
    package var received: [String] { state.withLock { $0.received } }

    func receive(_ message: String) {
        state.withLock { state in
            state.received.append(message)
            if state.received.count > 1000 { state.received.removeFirst() }
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
