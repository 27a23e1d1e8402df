import LookoutAlerting
import LookoutHTTP
import LookoutModel

/// One message on its way to a provider over HTTP: what is posted, and how the answer is read.
struct ProviderPost: Sendable {
    /// More than this of an answer is not read; what it says is in its status and its beginning.
    static let maximumAnswerBytes = 64 << 10

    /// Where to; a secret, since for many providers the address alone is the right to post.
    var address: Secret
    var method = "POST"
    var headers: [HeaderField] = []
    var contentType = "application/json"
    var body: [UInt8]
    var bearerToken: Secret?
    var basicAuthentication: BasicAuthentication?
    var tls = TLSOptions()
    var forbidsPrivateAddresses = false
    /// What must not be in a reason, besides the address and the credentials above.
    var secrets: [Secret] = []
    var table: AnswerTable

    init(_ body: [UInt8], to address: Secret, reading table: AnswerTable) {
        self.address = address
        self.table = table
        self.body = body
    }

    init(_ json: JSONValue, to address: Secret, reading table: AnswerTable) {
        self.init(Array(json.jsonText.utf8), to: address, reading: table)
    }

    /// What came of an exchange.
    enum Result: Sendable {
        /// An answer, which is still to be judged.
        case answer(ProviderAnswer)
        /// No answer, which means the same whoever was asked.
        case none(SendVerdict)
    }

    /// Sends once and says how it went, by the table.
    func send(_ tools: ReceiverTools) async -> SendVerdict {
        switch await answer(tools) {
        case .answer(let answer): table.verdict(on: answer, at: tools.timekeeper.now.wall, masking: mask)
        case .none(let verdict): verdict
        }
    }

    /// Sends once and gives the answer, for receivers that go on from there.
    func answer(_ tools: ReceiverTools) async -> Result {
        do {
            return .answer(ProviderAnswer(try await tools.transport.send(request(tools))))
        } catch {
            return .none(verdict(on: error))
        }
    }

    /// What an answer says, by the table.
    func verdict(on response: HTTPResponse, at now: Timestamp) -> SendVerdict {
        table.verdict(on: ProviderAnswer(response), at: now, masking: mask)
    }

    /// What an exchange that did not come about says, which is the same for all.
    func verdict(on error: TransferError) -> SendVerdict {
        let reason = mask.masked(error.message)
        return error.cause == .forbidden ? .broken(reason: reason) : .retry(after: nil, reason: reason)
    }

    /// What has no place in any reason.
    var mask: SecretMask {
        SecretMask([address] + secrets + [bearerToken, basicAuthentication?.password].compactMap(\.self))
    }

    /// The request; redirects are reported and not followed.
    func request(_ tools: ReceiverTools) -> HTTPRequest {
        HTTPRequest(
            url: address.reveal(),
            method: method,
            headers: [
                HeaderField("Content-Type", contentType),
                HeaderField("User-Agent", "Lookout/\(LookoutVersion.current)"),
            ] + headers,
            body: body,
            timeout: tools.timeout,
            maximumBodyBytes: Self.maximumAnswerBytes,
            cutsLongBody: true,
            tls: tls,
            basicAuthentication: basicAuthentication,
            bearerToken: bearerToken,
            forbidsPrivateAddresses: forbidsPrivateAddresses
        )
    }
}
