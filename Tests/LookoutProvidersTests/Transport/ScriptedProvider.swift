import LookoutHTTP
import LookoutModel
import LookoutProviders
import LookoutSimulation
import Synchronization

/// A provider whose answers a test writes down; it keeps what it was asked.
final class ScriptedProvider: HTTPTransport {
    /// What comes back: an answer, or why there is none.
    typealias Reply = Result<HTTPResponse, TransferError>

    let requests = Recorder<HTTPRequest>()
    private let script: @Sendable (HTTPRequest, Int) -> Reply
    private let count = Mutex(0)

    /// - Parameter script: the reply to a request; the number says how many came before it.
    init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Reply) {
        self.script = script
    }

    /// Gives these one after another, and the last one for ever.
    convenience init(_ replies: [Reply]) {
        self.init { _, number in replies[min(number, replies.count - 1)] }
    }

    /// Gives the answer that stands for the path of a request, without the host; 404 for any other.
    ///
    /// A key with a question mark stands for a path with just this query.
    convenience init(paths: [String: String]) {
        self.init { request, _ in
            let path = request.url.drop(while: { $0 != "/" }).dropFirst(2).drop(while: { $0 != "/" })
            let bare = path.prefix { $0 != "?" }
            let body = paths[String(path)] ?? paths[String(bare)]
            return body.map { Reply.answer($0) } ?? .answer(#"{"message":"Not Found"}"#, status: 404)
        }
    }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        requests.record(request)
        let number = count.withLock { count in
            defer { count += 1 }
            return count
        }
        return try script(request, number).get()
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "not part of this test")
    }

    /// What was asked for, without the host: `GET /v1/services/srv-1`.
    var asked: [String] {
        requests.values.map { request in
            let path = request.url.drop(while: { $0 != "/" }).dropFirst(2).drop(while: { $0 != "/" })
            return "\(request.method) \(path)"
        }
    }
}

extension ScriptedProvider.Reply {
    static func answer(_ body: String, status: Int = 200, _ headers: [String: String] = [:]) -> Self {
        let fields = headers.sorted { $0.key < $1.key }.map { HeaderField($0.key, $0.value) }
        return .success(HTTPResponse(statusCode: status, headers: fields, body: Array(body.utf8)))
    }

    static func fault(_ cause: TransferError.Cause, _ message: String = "no answer") -> Self {
        .failure(TransferError(cause, message))
    }
}

extension ProviderTransport {
    /// A transport over a script, whose waits a virtual clock passes.
    convenience init(
        scripted provider: ScriptedProvider,
        _ account: ProviderAccount = .example,
        by timekeeper: any Timekeeper = VirtualTimekeeper(),
        policy: ReadPolicy = ReadPolicy()
    ) throws {
        try self.init(
            account,
            over: provider,
            by: timekeeper,
            policy: policy,
            randomness: SeededGenerator(seed: 7)
        )
    }
}

extension ProviderAccount {
    static let example = ProviderAccount(
        name: "Example",
        base: "https://api.example.org/v1",
        token: Secret("tok-3c9f1a"),
        tokenName: "EXAMPLE_TOKEN"
    )
}
