import LookoutHTTP
import LookoutModel
import Synchronization

/// The way out during a drill: everything goes through as ever and is remembered, or, in a preview, goes nowhere.
final class DrillTransport: HTTPTransport, MailTransport {
    /// Nil where nothing is to be sent.
    private let http: (any HTTPTransport)?
    private let mail: (any MailTransport)?
    private let secrets: [Secret]
    private let seen = Mutex<[DrillExchange]>([])

    /// - Parameters:
    ///   - http: carries requests; without it each is answered as if all were well.
    ///   - mail: carries mails; the same.
    ///   - secrets: what is kept out of what is remembered.
    init(http: (any HTTPTransport)?, mail: (any MailTransport)?, secrets: [Secret]) {
        self.http = http
        self.mail = mail
        self.secrets = secrets
    }

    /// What went over the wire so far, in the order of the answers.
    var exchanges: [DrillExchange] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        guard let http else {
            remember(DrillExchange(request, .success(Self.welcome), secrets: secrets))
            return Self.welcome
        }
        do throws(TransferError) {
            let response = try await http.send(request)
            remember(DrillExchange(request, .success(response), secrets: secrets))
            return response
        } catch {
            remember(DrillExchange(request, .failure(error), secrets: secrets))
            throw error
        }
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        guard let http else { throw TransferError(.local, "nothing is sent in a preview") }
        return try await http.connect(request)
    }

    func send(_ submission: MailSubmission) async throws(MailError) -> MailReceipt {
        guard let mail else {
            let receipt = MailReceipt(
                reply: MailReply(code: 250, lines: ["nothing was sent"]),
                accepted: submission.recipients
            )
            remember(DrillExchange(submission, .success(receipt), secrets: secrets))
            return receipt
        }
        do throws(MailError) {
            let receipt = try await mail.send(submission)
            remember(DrillExchange(submission, .success(receipt), secrets: secrets))
            return receipt
        } catch {
            remember(DrillExchange(submission, .failure(error), secrets: secrets))
            throw error
        }
    }

    private func remember(_ exchange: DrillExchange) {
        seen.withLock { $0.append(exchange) }
    }

    /// What most providers take for a yes.
    private static let welcome = HTTPResponse(statusCode: 200, body: Array(#"{"ok":true,"status":1}"#.utf8))
}
