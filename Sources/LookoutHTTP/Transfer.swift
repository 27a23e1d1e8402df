import CCurl
import LookoutModel

/// One easy handle at work, what has arrived of it so far, and who waits for it.
///
/// Belongs to the loop's thread; libcurl's callbacks reach it through an unretained pointer, so
/// the loop keeps it until the handle has left the multi handle.
final class Transfer {
    /// What the transfer is for.
    enum Purpose {
        case exchange(Reply<HTTPResponse>)
        case opening(Reply<OpenedConnection>)
        /// A connection to a mail server, up to the end of authentication.
        case mail(Reply<MailOpening>)
        /// A connection made only to learn about certificates, on behalf of the same operation.
        case handshake(Handshake)
    }

    /// What becomes of an operation after its handshake for certificates.
    struct Handshake {
        /// Takes the code with which it ended; the operation goes on whatever it is.
        let finish: (Transfer, CURLcode) -> Void
        /// Ends the operation, since it was cancelled.
        let cancel: (TransferError) -> Void
    }

    let operation: OperationID
    let easy: EasyHandle
    let purpose: Purpose
    let deadline: MonotonicTime
    private let timeout: Duration
    private let cutsLongBody: Bool
    let tls: TLSOptions
    private var collector: AnswerCollector
    /// What a mail server has said so far.
    private(set) var replies = MailReplies()
    private var clock = PhaseClock()
    /// When the current hop began: with the transfer, or with the redirect to it.
    private var hopBegan = MonotonicTime.now
    /// How many redirects had been followed when the last head was complete.
    private var redirectsAtHead = 0

    /// An HTTP exchange.
    init(
        _ operation: OperationID,
        _ request: HTTPRequest,
        _ reply: Reply<HTTPResponse>
    ) throws(TransferError) {
        try request.checkText()
        let target = try TargetURL(checking: request.url)
        easy = try EasyHandle()
        try easy.prepare(request, to: target)
        self.operation = operation
        purpose = .exchange(reply)
        deadline = .now + request.timeout
        timeout = request.timeout
        tls = request.tls
        cutsLongBody = request.cutsLongBody
        collector = AnswerCollector(
            maximumHeaderBytes: request.maximumHeaderBytes,
            maximumBodyBytes: request.maximumBodyBytes
        )
        let own = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_HEADERFUNCTION, Self.takeHeader, dataOption: CURLOPT_HEADERDATA, context: own)
        try easy.set(CURLOPT_WRITEFUNCTION, Self.takeBody, dataOption: CURLOPT_WRITEDATA, context: own)
    }

    /// A connection that is opened and left open.
    init(_ operation: OperationID, _ request: ConnectionRequest, _ purpose: Purpose) throws(TransferError) {
        let target = try TargetURL(checking: request.url)
        easy = try EasyHandle()
        try easy.prepare(request, to: target)
        self.operation = operation
        self.purpose = purpose
        deadline = .now + request.timeout
        timeout = request.timeout
        tls = request.tls
        cutsLongBody = false
        collector = AnswerCollector(maximumHeaderBytes: 0, maximumBodyBytes: 0)
    }

    /// A connection to a mail server.
    init(
        _ operation: OperationID,
        _ mail: MailSubmission,
        _ reply: Reply<MailOpening>
    ) throws(TransferError) {
        let target = try mail.target()
        easy = try EasyHandle()
        try easy.prepare(mail, to: target)
        self.operation = operation
        purpose = .mail(reply)
        deadline = .now + mail.timeout
        timeout = mail.timeout
        tls = mail.tls
        cutsLongBody = false
        collector = AnswerCollector(maximumHeaderBytes: 0, maximumBodyBytes: 0)
        let own = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_HEADERFUNCTION, Self.takeReply, dataOption: CURLOPT_HEADERDATA, context: own)
    }

    /// Ends the operation without success.
    func fail(_ error: TransferError) {
        switch purpose {
        case .exchange(let reply): reply.resume(returning: .failure(error))
        case .opening(let reply): reply.resume(returning: .failure(error))
        case .mail(let reply): reply.resume(returning: .failure(error))
        case .handshake(let handshake): handshake.cancel(error)
        }
    }
}

// MARK: - Arrival

extension Transfer {
    private static let takeHeader: curl_write_callback = { bytes, size, count, context in
        guard let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.take(headerLine: line) ? line.count : 0
    }

    private static let takeBody: curl_write_callback = { bytes, size, count, context in
        guard let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.collector.take(body: piece) ? piece.count : 0
    }

    private static let takeReply: curl_write_callback = { bytes, size, count, context in
        guard let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        transfer.replies.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
    }

    private func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
        let hadHead = collector.hasHead
        let isAccepted = collector.take(headerLine: line)
        if collector.hasHead && !hadHead {
            clock.endHop(at: totals)
            hopBegan = .now
            redirectsAtHead = easy.number(CURLINFO_REDIRECT_COUNT)
        }
        return isAccepted
    }
}

// MARK: - Results

extension Transfer {
    /// Whether the head of an answer has come to its end.
    var hasHead: Bool { collector.hasHead }

    /// Whether there is an answer as far as it was asked for, although it went on.
    var isCut: Bool { cutsLongBody && collector.excess == .body }

    /// The answer.
    var response: HTTPResponse {
        let address = easy.text(CURLINFO_PRIMARY_IP)
        return HTTPResponse(
            statusCode: easy.number(CURLINFO_RESPONSE_CODE),
            version: collector.version,
            headers: collector.headers,
            body: collector.body,
            finalURL: lastTarget?.withoutCredentials ?? "",
            redirects: easy.number(CURLINFO_REDIRECT_COUNT),
            remoteAddress: address.isEmpty ? nil : address,
            timings: timings,
            certificates: chain(isTrusted: tls.verifies)
        )
    }

    /// What opening the connection has brought to light.
    func opened(_ stream: StreamID) -> OpenedConnection {
        OpenedConnection(stream: stream, timings: timings, certificates: chain(isTrusted: tls.verifies))
    }

    var timings: Timings {
        clock.timings(
            at: totals,
            total: easy.duration(CURLINFO_TOTAL_TIME_T),
            madeConnection: easy.number(CURLINFO_NUM_CONNECTS) > 0 || !collector.hasHead
        )
    }

    /// What libcurl's code means, with all that was learnt before.
    func failure(_ code: CURLcode, isOutOfDescriptors: Bool) -> TransferFailure {
        let target = lastTarget
        return TransferFailure(
            code: code,
            text: easy.errorMessage.isEmpty
                ? String(cString: curl_easy_strerror(code)) : easy.errorMessage,
            host: target?.host ?? "",
            authority: target?.authority ?? "",
            phase: phase,
            timeout: timeout,
            redirects: easy.number(CURLINFO_REDIRECT_COUNT),
            systemError: Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO)),
            socketError: easy.socketError,
            hasRefusedAddress: easy.hasRefusedAddress,
            isOutOfDescriptors: isOutOfDescriptors,
            verification: easy.number(CURLINFO_SSL_VERIFYRESULT),
            excess: collector.excess,
            isBeforeBody: !collector.hasHead,
            protocolName: isMail ? "SMTP" : "HTTP"
        )
    }

    /// The error of the failure, with phases and, where a handshake took place, its certificates.
    func error(_ failure: TransferFailure) -> TransferError {
        var error = failure.error
        error.timings = timings
        let isName = failure.isVerification && failure.certificateProblem.isName
        if isName || phase >= .waiting {
            error.certificates = chain(isTrusted: !failure.isVerification && tls.verifies)
        }
        return error
    }

    /// Host and port of the last hop.
    var authority: String {
        lastTarget?.authority ?? ""
    }

    /// Where the last hop went.
    var lastTarget: TargetURL? {
        TargetURL(easy.text(CURLINFO_EFFECTIVE_URL), schemes: isMail ? TargetURL.mail : TargetURL.web)
    }

    var isMail: Bool {
        if case .mail = purpose { true } else { false }
    }

    private var totals: RunningTotals {
        var totals = RunningTotals(easy)
        if totals.connect == clock.atLastHop.connect, let began = easy.handshakeBegan, began > hopBegan {
            totals.connect += began - hopBegan
        }
        return totals
    }

    private var phase: TransferPhase {
        let isReadingBody = collector.hasHead && easy.number(CURLINFO_REDIRECT_COUNT) == redirectsAtHead
        if isReadingBody { return .receiving }
        return clock.phase(at: totals, isTLS: lastTarget?.isTLS ?? false)
    }
}
