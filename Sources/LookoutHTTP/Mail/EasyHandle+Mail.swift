import CCurl
import LookoutModel

extension EasyHandle {
    /// Sets all options of a connection to a mail server up to the end of authentication.
    func prepare(_ mail: MailSubmission, to target: TargetURL) throws(TransferError) {
        try prepareConnection(target, mail.timeout, mail.tls, mail.resolve)
        try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        try set(CURLOPT_CONNECT_ONLY, true)
        try set(CURLOPT_FRESH_CONNECT, true)
        try set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
        try set(CURLOPT_SSL_SESSIONID_CACHE, false)
        try set(CURLOPT_USE_SSL, mail.security.level)
        guard let credentials = mail.credentials else { return }
        try set(CURLOPT_USERNAME, credentials.user)
        // Named one by one: left to itself, libcurl would try Kerberos, which blocks.
        switch credentials.proof {
        case .password(let password):
            try set(CURLOPT_PASSWORD, password.reveal())
            try set(CURLOPT_LOGIN_OPTIONS, "AUTH=CRAM-MD5;AUTH=PLAIN;AUTH=LOGIN")
        case .token(let token):
            try set(CURLOPT_XOAUTH2_BEARER, token.reveal())
            try set(CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER;AUTH=XOAUTH2")
        }
    }
}

extension MailSecurity {
    fileprivate var level: Int {
        let level =
            switch self {
            case .implicitTLS, .startTLS: CURLUSESSL_ALL
            case .startTLSIfOffered: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        return Int(level.rawValue)
    }
}

extension MailSubmission {
    /// Where libcurl is to go; the path is what it says in `EHLO`.
    func target() throws(TransferError) -> TargetURL {
        let scheme = security == .implicitTLS ? "smtps" : "smtp"
        let authority = host.contains(":") ? "[\(host)]" : host
        guard
            let target = TargetURL("\(scheme)://\(authority):\(port)/\(clientName)", schemes: TargetURL.mail),
            target.port == port
        else { throw TransferError(.local, "\(host):\(port) is not a mail server's name and port") }
        return target
    }

    /// Throws `.local` for what would be a command of its own, before it reaches the wire.
    func checkText() throws(TransferError) {
        guard !recipients.isEmpty else { throw TransferError(.local, "the mail has no recipients") }
        guard ([sender] + recipients).allSatisfy(Self.isPath) else {
            throw TransferError(.local, "an address has a character that cannot be in one")
        }
        let name = UInt8(ascii: "!")...UInt8(ascii: "~")
        guard !clientName.isEmpty, clientName.utf8.allSatisfy(name.contains),
            !clientName.utf8.contains(where: "%/?#\\".utf8.contains)
        else { throw TransferError(.local, "'\(clientName)' is not a host's name") }
        let secrets = [credentials?.user, credentials?.proof.secret.reveal()]
        guard secrets.allSatisfy({ HeaderText.isLineText($0 ?? "") }) else {
            throw TransferError(.local, "the credentials have a line break in them")
        }
    }

    /// Whether it can stand between the brackets of a command: printable ASCII without brackets.
    private static func isPath(_ address: String) -> Bool {
        !address.isEmpty
            && address.utf8.allSatisfy {
                (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
            }
    }
}

extension MailCredentials.Proof {
    fileprivate var secret: Secret {
        switch self {
        case .password(let secret), .token(let secret): secret
        }
    }
}
