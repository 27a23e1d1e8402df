import LookoutHTTP
import LookoutModel

/// An open connection of the virtual network, with a chat socket at its other end.
actor VirtualStream: ByteStream {
    private struct Parcel {
        let due: Duration
        let output: VirtualChat.Output
    }

    /// How soon somebody who waits with nothing on its way sees what another task's words have caused.
    private static let look = Duration.milliseconds(20)

    nonisolated let timings: Timings
    nonisolated var certificates: CertificateChain? { nil }
    private let timekeeper: any Timekeeper
    private let latency: Duration
    private var chat: VirtualChat
    private var parcels: [Parcel] = []
    private var isClosed = false

    init(site: any DemoSite, timekeeper: any Timekeeper, latency: Duration, timings: Timings) {
        chat = VirtualChat(site: site)
        self.timekeeper = timekeeper
        self.latency = latency
        self.timings = timings
    }

    func send(_ bytes: [UInt8], timeout: Duration) async throws(TransferError) {
        guard !isClosed else { throw TransferError(.target(.closed), "the connection is closed") }
        var talking = chat
        let outputs = await talking.take(bytes)
        chat = talking
        let due = timekeeper.now.monotonic + latency
        parcels += outputs.map { Parcel(due: due, output: $0) }
    }

    func receive(timeout: Duration) async throws(TransferError) -> [UInt8] {
        let deadline = timekeeper.now.monotonic + timeout
        while !isClosed {
            let now = timekeeper.now.monotonic
            if let first = parcels.first, first.due <= now {
                guard case .bytes(let bytes) = first.output else { return [] }
                parcels.removeFirst()
                return bytes
            }
            guard now < deadline else { throw TransferError(.target(.timeout), "nothing came in time") }
            try await sleep(until: min(deadline, parcels.first?.due ?? now + Self.look))
        }
        throw TransferError(.target(.closed), "the connection is closed")
    }

    func close() {
        isClosed = true
    }

    private func sleep(until deadline: Duration) async throws(TransferError) {
        do {
            try await timekeeper.sleep(until: deadline)
        } catch {
            throw TransferError(.cancelled, "cancelled")
        }
    }
}
