package import LookoutModel

/// One HTTP exchange to make: everything that shapes what goes over the wire.
package struct HTTPRequest: Sendable {
    /// Absolute, `http` or `https`.
    package var url: String
    package var method: String
    /// Sent in this order.
    ///
    /// A `Host`, `User-Agent` or `Accept` here replaces the default one.
    package var headers: [HeaderField]
    package var body: [UInt8]?
    /// How many redirects are followed; 0 reports the redirect itself.
    ///
    /// Only to http and https.
    package var maximumRedirects: Int
    /// All of it: name resolution to the last byte.
    package var timeout: Duration
    /// Bytes of body that are kept; one more ends the transfer with `.size`.
    package var maximumBodyBytes: Int
    /// Whether a longer body is cut instead, and the answer taken with what came of it.
    package var cutsLongBody: Bool
    /// Bytes of all header lines together; one more ends the transfer with `.size`.
    package var maximumHeaderBytes: Int
    package var tls: TLSOptions
    /// `host:port:address` lines as of curl's `--resolve`: the name is not looked up.
    package var resolve: [String]
    package var basicAuthentication: BasicAuthentication?
    package var bearerToken: Secret?
    /// Whether a connection of an earlier exchange may be used.
    ///
    /// False (the default) opens a connection for this exchange alone, so that every run
    /// measures name resolution, connect and handshake.
    package var reusesConnection: Bool
    /// Whether an address that is not on the public internet is refused.
    ///
    /// It is asked of each address that is about to be connected to, after the name was looked up, so a
    /// name that changes its mind (DNS rebinding) gains nothing. Then no connection is reused either.
    package var forbidsPrivateAddresses: Bool

    package init(
        url: String,
        method: String = "GET",
        headers: [HeaderField] = [],
        body: [UInt8]? = nil,
        maximumRedirects: Int = 0,
        timeout: Duration = .seconds(10),
        maximumBodyBytes: Int = 1 << 20,
        cutsLongBody: Bool = false,
        maximumHeaderBytes: Int = 64 << 10,
        tls: TLSOptions = TLSOptions(),
        resolve: [String] = [],
        basicAuthentication: BasicAuthentication? = nil,
        bearerToken: Secret? = nil,
        reusesConnection: Bool = false,
        forbidsPrivateAddresses: Bool = false
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.maximumRedirects = maximumRedirects
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
        self.cutsLongBody = cutsLongBody
        self.maximumHeaderBytes = maximumHeaderBytes
        self.tls = tls
        self.resolve = resolve
        self.basicAuthentication = basicAuthentication
        self.bearerToken = bearerToken
        self.reusesConnection = reusesConnection
        self.forbidsPrivateAddresses = forbidsPrivateAddresses
    }
}

/// A user name and password for RFC 7617.
package struct BasicAuthentication: Hashable, Sendable {
    package var user: String
    package var password: Secret

    package init(user: String, password: Secret) {
        self.user = user
        self.password = password
    }
}

/// How TLS is done.
package struct TLSOptions: Hashable, Sendable {
    /// False accepts any certificate; the chain is still reported as not trusted if it is not.
    package var verifies: Bool
    /// A PEM file of authorities instead of the system's.
    package var authorityFile: String?

    package init(verifies: Bool = true, authorityFile: String? = nil) {
        self.verifies = verifies
        self.authorityFile = authorityFile
    }
}
