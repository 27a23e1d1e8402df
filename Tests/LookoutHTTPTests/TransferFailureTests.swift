import CCurl
import Glibc
import LookoutModel
import Testing

@testable import LookoutHTTP

@Suite struct `Meaning of libcurl's codes` {
    private static func failure(
        _ code: CURLcode,
        _ change: (inout TransferFailure) -> Void = { _ in }
    ) -> TransferFailure {
        var failure = TransferFailure(code: code, text: "words", host: "h", authority: "h:1")
        change(&failure)
        return failure
    }

    /// Failures that say nothing about the target.
    static let local: [(String, TransferFailure)] = [
        ("no descriptors", failure(CURLE_COULDNT_CONNECT) { $0.isOutOfDescriptors = true }),
        ("no descriptors to resolve", failure(CURLE_COULDNT_RESOLVE_HOST) { $0.isOutOfDescriptors = true }),
        ("no socket", failure(CURLE_COULDNT_CONNECT) { $0.socketError = EMFILE }),
        ("no port", failure(CURLE_COULDNT_CONNECT) { $0.systemError = EADDRNOTAVAIL }),
        (
            "no thread",
            failure(CURLE_COULDNT_RESOLVE_HOST) { $0.text = "getaddrinfo() thread failed to start" }
        ),
        ("no memory", failure(CURLE_OUT_OF_MEMORY)),
        ("bad authorities", failure(CURLE_SSL_CACERT_BADFILE)),
        ("bad resolve entry", failure(CURLE_SETOPT_OPTION_SYNTAX)),
        ("unsupported protocol", failure(CURLE_UNSUPPORTED_PROTOCOL)),
        ("not built in", failure(CURLE_NOT_BUILT_IN)),
        ("anything unknown", failure(CURLE_FTP_WEIRD_PASS_REPLY)),
    ]

    @Test(arguments: local)
    func `a fault of this machine is not the target's`(name: String, failure: TransferFailure) {
        #expect(failure.error.cause == .local)
    }

    /// Failures that say something about the target.
    static let remote: [(TransferFailure, FailureClass, String)] = [
        (failure(CURLE_COULDNT_RESOLVE_HOST), .dns, "the name h could not be resolved"),
        (
            failure(CURLE_COULDNT_CONNECT) { $0.systemError = ECONNREFUSED }, .connect,
            "could not connect to h:1: Connection refused"
        ),
        (
            // The socket of one address family was refused, the other one was not answered.
            failure(CURLE_COULDNT_CONNECT) { $0.socketError = EAFNOSUPPORT }, .connect,
            "could not connect to h:1: words"
        ),
        (
            failure(CURLE_RECV_ERROR) { $0.systemError = ECONNRESET }, .connect,
            "the connection to h:1 broke: Connection reset by peer"
        ),
        (
            failure(CURLE_RECV_ERROR) { $0.text = "OpenSSL SSL_read: error:0A: SSL routines::bad record" },
            .tls,
            "TLS with h:1 broke off: bad record"
        ),
        (failure(CURLE_RECV_ERROR), .protocolViolation, "the answer is not valid HTTP: words"),
        (
            failure(CURLE_SSL_CONNECT_ERROR) {
                $0.text = "error:0A00010B:SSL routines::wrong version number"
            },
            .tls, "the TLS handshake with h:1 failed: wrong version number"
        ),
        (
            failure(CURLE_UNSUPPORTED_PROTOCOL) { $0.redirects = 1 }, .protocolViolation,
            "the answer is not valid HTTP: words, after a redirect"
        ),
        (failure(CURLE_WRITE_ERROR) { $0.excess = .body }, .size, "the body is larger than allowed"),
        (
            failure(CURLE_OUT_OF_MEMORY) { $0.phase = .receiving }, .size,
            "the headers are larger than allowed"
        ),
        (
            failure(CURLE_OPERATION_TIMEDOUT) {
                $0.timeout = .seconds(5)
                $0.phase = .waiting
            }, .timeout,
            "no answer within 5 s (connected, waiting for the first byte)"
        ),
        (
            failure(CURLE_OPERATION_TIMEDOUT) { $0.timeout = .milliseconds(1500) }, .timeout,
            "no answer within 1500 ms (looking up the name h)"
        ),
        (
            failure(CURLE_PEER_FAILED_VERIFICATION) { $0.verification = 10 }, .tls,
            "the certificate of h has expired (words)"
        ),
        (
            failure(CURLE_PEER_FAILED_VERIFICATION) { $0.verification = 1 }, .tls,
            "the certificate of h is not for this host (words)"
        ),
        (
            failure(CURLE_PEER_FAILED_VERIFICATION) { $0.verification = 7 }, .tls,
            "the certificate of h was not accepted (words)"
        ),
    ]

    @Test(arguments: remote)
    func `a fault of the target has a class and a sentence`(
        failure: TransferFailure,
        kind: FailureClass,
        message: String
    ) {
        #expect(failure.error.cause == .target(kind))
        #expect(failure.error.message == message)
    }

    static let libraries: [(CurlLibrary, HTTPSetupError.Code?)] = [
        (CurlLibrary(version: 0x07_58_01, tlsLibrary: "OpenSSL/3.0.19", resolvesInBackground: true), nil),
        (CurlLibrary(version: 0x08_10_00, tlsLibrary: "OpenSSL/3.5.0", resolvesInBackground: true), nil),
        (
            CurlLibrary(version: 0x07_56_00, tlsLibrary: "OpenSSL/3.0.19", resolvesInBackground: true),
            .libraryTooOld
        ),
        (
            CurlLibrary(version: 0x07_58_01, tlsLibrary: "GnuTLS/3.7.9", resolvesInBackground: true),
            .otherTLSLibrary
        ),
        (
            CurlLibrary(
                version: 0x07_58_01,
                tlsLibrary: "(OpenSSL/3.0.19) GnuTLS/3.7.9",
                resolvesInBackground: true
            ),
            .otherTLSLibrary
        ),
        (
            CurlLibrary(version: 0x07_58_01, tlsLibrary: "OpenSSL/3.0.19", resolvesInBackground: false),
            .blockingResolver
        ),
    ]

    @Test(arguments: libraries)
    func `only a libcurl that can keep our promises is accepted`(
        library: CurlLibrary,
        code: HTTPSetupError.Code?
    ) {
        let error: HTTPSetupError?
        do {
            try library.check()
            error = nil
        } catch let problem {
            error = problem
        }
        #expect(error?.code == code)
        #expect(error.map { $0.description.contains("libcurl4") } ?? true)
    }

    @Test func `a process without descriptors blames itself`() async {
        await #expect(processExitsWith: .success) {
            let client = try HTTPClient()
            // One exchange first, so that all that is opened once is open.
            _ = try? await client.send(HTTPRequest(url: "http://127.0.0.1:1/"))
            var limit = rlimit(rlim_cur: 0, rlim_max: 4096)
            let lowest = dup(0)
            limit.rlim_cur = rlim_t(lowest)
            close(lowest)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            do {
                _ = try await client.send(HTTPRequest(url: "http://127.0.0.1:1/"))
                exit(1)
            } catch let error as TransferError {
                exit(error.cause == .local ? 0 : 2)
            }
        }
    }
}
