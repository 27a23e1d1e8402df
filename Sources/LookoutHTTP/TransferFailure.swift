import CCurl
import Glibc
import LookoutModel

/// All that is known of a transfer that libcurl gave up, and what it means.
///
/// The rule: what the peer did or did not do is `.target`; what this machine could not do, or was
/// asked wrongly, is `.local`, so that no fault of ours looks like an outage of theirs.
struct TransferFailure {
    var code: CURLcode
    /// libcurl's own sentence.
    var text = ""
    var host = ""
    var authority = ""
    var phase = TransferPhase.resolving
    var timeout = Duration.zero
    var redirects = 0
    /// The `errno` of the last network call that failed, 0 if unknown.
    var systemError: Int32 = 0
    /// The `errno` of `socket(2)`, if it failed.
    var socketError: Int32 = 0
    /// Whether an address was refused because only public ones are allowed.
    var hasRefusedAddress = false
    /// Whether this process may not open another descriptor.
    var isOutOfDescriptors = false
    /// OpenSSL's `X509_V_ERR_…`, 0 if the chain was accepted.
    var verification = 0
    var excess: AnswerCollector.Excess?
    /// Whether the head of the answer was still to come or under way.
    var isBeforeBody = true
    /// What the answer was to be.
    var protocolName = "HTTP"

    /// Whether the certificate was the reason.
    var isVerification: Bool {
        code == CURLE_PEER_FAILED_VERIFICATION
    }

    var certificateProblem: CertificateProblem {
        CertificateProblem(verification, host: host, text: text)
    }

    var error: TransferError {
        if hasRefusedAddress, code == CURLE_COULDNT_CONNECT {
            return TransferError(.forbidden, "\(authority) is not on the public internet")
        }
        if let local { return TransferError(.local, local) }
        let (kind, message) = verdict
        return TransferError(.target(kind), redirects == 0 ? message : "\(message), after a redirect")
    }

    /// What was wrong on this side; nil if nothing was.
    private var local: String? {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            if isOutOfDescriptors { return "no file descriptors left; raise the limit (ulimit -n)" }
            if text.hasPrefix("getaddrinfo() thread") { return "cannot start a thread to look up a name" }
            if Self.localSocketErrors.contains(socketError) {
                return "cannot open a socket: \(SystemError.text(socketError))"
            }
            if systemError == EADDRNOTAVAIL { return "no local port is free to connect from" }
            return nil
        case CURLE_SSL_CACERT_BADFILE:
            return "the file of certificate authorities cannot be read: \(text)"
        case CURLE_SETOPT_OPTION_SYNTAX:
            return "a resolve entry is not of the form host:port:address"
        case CURLE_OUT_OF_MEMORY where excess == nil && !isEndlessLine:
            return "out of memory"
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
            return phase == .receiving || redirects > 0 ? nil : text
        default:
            return Self.codesOfTheTarget.contains(code.rawValue)
                ? nil : "\(text) (libcurl error \(code.rawValue))"
        }
    }

    /// What the peer did.
    private var verdict: (FailureClass, String) {
        if let excess { return (.size, Self.message(excess)) }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return (.dns, "the name \(host) could not be resolved")
        case CURLE_COULDNT_CONNECT:
            let reason = systemError == 0 ? text : SystemError.text(systemError)
            return (.connect, "could not connect to \(authority): \(reason)")
        case CURLE_OPERATION_TIMEDOUT:
            return (.timeout, timeoutMessage)
        case CURLE_PEER_FAILED_VERIFICATION:
            return (.tls, certificateProblem.message)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            return brokenConnection
        case CURLE_GOT_NOTHING:
            return (.protocolViolation, "\(authority) closed the connection without an answer")
        case CURLE_PARTIAL_FILE where isBeforeBody:
            return (.protocolViolation, "the answer ended within its headers")
        case CURLE_PARTIAL_FILE:
            return (.protocolViolation, "the answer ended before it was complete (\(text))")
        case CURLE_TOO_MANY_REDIRECTS:
            return (.protocolViolation, "more redirects than allowed")
        case CURLE_OUT_OF_MEMORY:
            return (.size, Self.message(.headers))
        case _ where Self.codesOfTLS.contains(code.rawValue):
            return (.tls, "the TLS handshake with \(authority) failed: \(Self.reason(text))")
        default:
            return (.protocolViolation, "the answer is not valid \(protocolName): \(text)")
        }
    }

    /// libcurl says with one code that a connection broke and that what it carried made no sense.
    private var brokenConnection: (FailureClass, String) {
        if Self.networkErrors.contains(systemError) {
            (.connect, "the connection to \(authority) broke: \(SystemError.text(systemError))")
        } else if text.contains("SSL") {
            (.tls, "TLS with \(authority) broke off: \(Self.reason(text))")
        } else if text.hasPrefix("response reading failed") {
            (.closed, "\(authority) closed the connection in the middle")
        } else if text.hasPrefix("Too large response headers") {
            (.size, Self.message(.headers))
        } else {
            (.protocolViolation, "the answer is not valid \(protocolName): \(text)")
        }
    }

    private var timeoutMessage: String {
        let place =
            switch phase {
            case .resolving: "looking up the name \(host)"
            case .connecting: "connecting to \(authority)"
            case .handshake: "connected, in the TLS handshake"
            case .waiting: "connected, waiting for the first byte"
            case .receiving: isBeforeBody ? "the headers were incomplete" : "the body was incomplete"
            }
        let what = phase == .receiving ? "no complete answer" : "no answer"
        return "\(what) within \(timeout.inWords) (\(place))"
    }

    /// A header line without an end: libcurl's buffer for one line ran full.
    private var isEndlessLine: Bool {
        phase == .receiving && isBeforeBody
    }

    private static func message(_ excess: AnswerCollector.Excess) -> String {
        switch excess {
        case .headers: "the headers are larger than allowed"
        case .body: "the body is larger than allowed"
        }
    }

    /// The part of an OpenSSL error that is for people, such as `wrong version number`.
    private static func reason(_ text: String) -> String {
        let parts = text.split(separator: ":").map { $0.drop { $0 == " " } }
        return text.contains("::") || text.hasPrefix("OpenSSL") ? parts.last.map(String.init) ?? text : text
    }
}

extension TransferFailure {
    private static let localSocketErrors: Set<Int32> = [EMFILE, ENFILE, ENOBUFS, ENOMEM, EACCES, EPERM]

    private static let networkErrors: Set<Int32> = [
        ECONNRESET, ECONNABORTED, EPIPE, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENETDOWN, ENOTCONN,
    ]

    private static let codesOfTLS = Set(
        [
            CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_USE_SSL_FAILED, CURLE_SSL_CLIENTCERT, CURLE_PEER_FAILED_VERIFICATION,
        ].map(\.rawValue)
    )

    private static let codesOfTheTarget = codesOfTLS.union(
        [
            CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_SEND_ERROR,
            CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_TOO_MANY_REDIRECTS,
            CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_BAD_CONTENT_ENCODING,
            CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_WRITE_ERROR, CURLE_OUT_OF_MEMORY,
            CURLE_CHUNK_FAILED,
        ].map(\.rawValue)
    )
}

extension Duration {
    /// As settings write it: whole seconds where it is whole seconds, else milliseconds.
    fileprivate var inWords: String {
        microseconds % 1_000_000 == 0 ? "\(microseconds / 1_000_000) s" : "\(microseconds / 1000) ms"
    }
}
