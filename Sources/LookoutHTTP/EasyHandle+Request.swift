import CCurl
import Glibc
import LookoutModel

extension EasyHandle {
    /// Sets all options of an exchange.
    ///
    /// Throws `.local` for what cannot be sent.
    func prepare(_ request: HTTPRequest, to target: TargetURL) throws(TransferError) {
        try prepareConnection(target, request.timeout, request.tls, request.resolve)
        forbidsPrivateAddresses = request.forbidsPrivateAddresses
        let isOrdinary = request.resolve.isEmpty && !request.forbidsPrivateAddresses
        let reuses = request.reusesConnection && isOrdinary
        try set(CURLOPT_FRESH_CONNECT, !reuses)
        try set(CURLOPT_FORBID_REUSE, !reuses)
        try set(CURLOPT_DNS_CACHE_TIMEOUT, reuses ? 60 : 0)
        try set(CURLOPT_SSL_SESSIONID_CACHE, reuses)
        try prepareMethod(request.method, body: request.body)
        try set(CURLOPT_USERAGENT, "Lookout/\(LookoutVersion.current)")
        try set(CURLOPT_HTTPHEADER, Self.headerLines(of: request))
        try set(CURLOPT_FOLLOWLOCATION, request.maximumRedirects > 0)
        try set(CURLOPT_MAXREDIRS, request.maximumRedirects)
        if let basic = request.basicAuthentication {
            try set(CURLOPT_USERNAME, basic.user)
            try set(CURLOPT_PASSWORD, basic.password.reveal())
        }
    }

    /// Sets all options of a connection that is only opened: plain TCP, or TLS without ALPN.
    func prepare(_ request: ConnectionRequest, to target: TargetURL) throws(TransferError) {
        try prepareConnection(target, request.timeout, request.tls, request.resolve)
        try set(CURLOPT_CONNECT_ONLY, true)
        try set(CURLOPT_SSL_ENABLE_ALPN, false)
        try set(CURLOPT_FRESH_CONNECT, true)
        try set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
        try set(CURLOPT_SSL_SESSIONID_CACHE, false)
    }

    /// What every transfer has in common.
    func prepareConnection(
        _ target: TargetURL,
        _ timeout: Duration,
        _ tls: TLSOptions,
        _ resolve: [String]
    ) throws(TransferError) {
        try set(CURLOPT_URL, target.text)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        // Neither the environment's proxy nor a signal handler may change what is measured.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOSIGNAL, true)
        // Without it a lookup that hangs would block the whole loop when its transfer ends.
        try set(CURLOPT_QUICK_EXIT, true)
        try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(timeout))
        try set(CURLOPT_SSL_VERIFYPEER, tls.verifies)
        try set(CURLOPT_SSL_VERIFYHOST, tls.verifies ? 2 : 0)
        try set(CURLOPT_CERTINFO, true)
        try prepareAuthorities(tls.authorityFile)
        try pin(resolve)
    }

    /// Names one file as the only authorities.
    ///
    /// Only then does libcurl keep them parsed, for all
    /// transfers; the folder that it would search too holds the same ones, one by one.
    private func prepareAuthorities(_ file: String?) throws(TransferError) {
        if let file {
            // libcurl would notice only once it is connected.
            guard access(file, R_OK) == 0 else {
                throw TransferError(
                    .local,
                    "the file of certificate authorities cannot be read: \(file): \(SystemError.text(errno))"
                )
            }
            try set(CURLOPT_CAINFO, file)
        }
        if file != nil || CurlLibrary.loaded?.authorityFile != nil {
            try set(CURLOPT_CAPATH, String?.none)
            try set(CURLOPT_CA_CACHE_TIMEOUT, 600)
        }
    }

    /// The method in libcurl's terms: those that it knows get their redirects right.
    private func prepareMethod(_ method: String, body: [UInt8]?) throws(TransferError) {
        switch (method, body) {
        case ("GET", nil):
            try set(CURLOPT_HTTPGET, true)
        case ("HEAD", _):
            try set(CURLOPT_NOBODY, true)
        case ("POST", _):
            try set(CURLOPT_POST, true)
            try setBody(body ?? [])
        case (_, let body?):
            try setBody(body)
            try set(CURLOPT_CUSTOMREQUEST, method)
        case (_, nil):
            try set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    /// The header lines in libcurl's notation, without those that it would add by itself.
    private static func headerLines(of request: HTTPRequest) -> [String] {
        var lines = request.headers.map { field in
            let isBlank = field.value.utf8.allSatisfy(HeaderText.isBlank)
            return isBlank ? "\(field.name);" : "\(field.name): \(field.value)"
        }
        if let token = request.bearerToken {
            lines.append("Authorization: Bearer \(token.reveal())")
        }
        for name in ["Expect", "Content-Type"] where request.headers.first(named: name) == nil {
            lines.append("\(name):")
        }
        return lines
    }

    /// The duration in whole milliseconds, rounded up: 0 would mean "for ever" to libcurl.
    private static func milliseconds(_ duration: Duration) -> Int {
        let longest = Duration.milliseconds(Int64(Int32.max))
        let (seconds, attoseconds) = min(max(duration, .milliseconds(1)), longest).components
        return Int(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

extension HTTPRequest {
    /// Throws `.local` for what HTTP has no way to say, before it reaches the wire: a line break in
    /// a header would become a header of its own.
    func checkText() throws(TransferError) {
        guard HeaderText.isToken(method) else {
            throw TransferError(.local, "'\(method)' is not an HTTP method")
        }
        for field in headers {
            guard HeaderText.isToken(field.name) else {
                throw TransferError(.local, "'\(field.name)' is not a header name")
            }
            guard HeaderText.isLineText(field.value) else {
                throw TransferError(.local, "the value of the header \(field.name) has a line break in it")
            }
        }
        let secrets = [
            bearerToken?.reveal(), basicAuthentication?.user, basicAuthentication?.password.reveal(),
        ]
        guard secrets.allSatisfy({ HeaderText.isLineText($0 ?? "") }) else {
            throw TransferError(.local, "the credentials have a line break in them")
        }
    }
}
