import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Synchronization

/// A transport that gives one answer after the other, and keeps the requests.
final class SequenceTransport: HTTPTransport {
    let requests = Recorder<HTTPRequest>()
    private let answers: Mutex<[HTTPResponse]>

    init(_ answers: [HTTPResponse]) {
        self.answers = Mutex(answers)
    }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        requests.record(request)
        let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw TransferError(.local, "nobody expected this request") }
        return answer
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "no receiver opens connections")
    }
}
