import LookoutHTTP
import LookoutModel

/// Asks one reference.
struct ReferenceCall: Sendable {
    let reference: ConnectivityReference
    let transport: any HTTPTransport
    let timekeeper: any Timekeeper
    let timeout: Duration

    func answer() async -> Connectivity.Answer {
        let deadline = timekeeper.now.monotonic + timeout
        do {
            let stream = try await transport.connect(
                ConnectionRequest(url: "http://\(reference.authority)", timeout: timeout)
            )
            let answer = try await answer(of: stream, until: deadline)
            await stream.close()
            return answer
        } catch {
            if case .target = error.cause { return .unreachable(error.message) }
            return .unasked
        }
    }

    private func answer(
        of stream: any ByteStream,
        until deadline: Duration
    ) async throws(TransferError) -> Connectivity.Answer {
        guard case .name(let text) = reference.question, let name = DomainName(text) else { return .reached }
        try await stream.send(DNSQuestion(name: name).bytes, timeout: remaining(until: deadline))
        var bytes: [UInt8] = []
        while bytes.count < DNSQuestion.maximumAnswerBytes {
            let more = try await stream.receive(timeout: remaining(until: deadline))
            bytes += more
            switch DNSQuestion.answer(bytes) {
            case .known: return .reached
            case .failed(let code): return .unreachable("the name server answered with code \(code)")
            case .garbage: return .unreachable("what answered is no name server")
            case .incomplete: if more.isEmpty { return .unreachable("the name server hung up") }
            }
        }
        return .unreachable("what answered is no name server")
    }

    private func remaining(until deadline: Duration) -> Duration {
        max(.milliseconds(1), deadline - timekeeper.now.monotonic)
    }
}
