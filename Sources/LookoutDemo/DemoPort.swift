/// A port of the stack that can be up (listening) or down (refusing connections).
final class DemoPort: Sendable {
    let site: any DemoSite
    let port: Int
    private let first: DemoServer
    private let wanted: AsyncStream<Bool>
    private let wish: AsyncStream<Bool>.Continuation

    /// Binds the port; throws if it is in use.
    init(site: any DemoSite, port: Int) async throws {
        self.site = site
        first = try await DemoServer(site: site, port: port)
        self.port = first.port
        (wanted, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(8))
    }

    /// Asks for the port to be up or down; done soon after.
    func setUp(_ isUp: Bool) {
        wish.yield(isUp)
    }

    /// Serves, going up and down as asked, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            var current: DemoServer? = first
            group.addTask { [first] in try? await first.run() }
            for await isUp in wanted {
                if isUp, current == nil, let server = try? await DemoServer(site: site, port: port) {
                    current = server
                    group.addTask { try? await server.run() }
                } else if !isUp, let server = current {
                    await server.stop()
                    current = nil
                }
            }
            group.cancelAll()
        }
    }
}
