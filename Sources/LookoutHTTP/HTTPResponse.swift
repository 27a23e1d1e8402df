package import LookoutModel

/// The answer to an `HTTPRequest`.
package struct HTTPResponse: Sendable {
    package var statusCode: Int
    /// The protocol of the answer, such as `HTTP/1.1` or `HTTP/2`.
    package var version: String
    /// The header lines of the final answer as they came: order, repeats and case kept.
    package var headers: [HeaderField]
    package var body: [UInt8]
    /// The URL of the final answer, after redirects.
    package var finalURL: String
    package var redirects: Int
    /// The peer's address, without port; nil if unknown.
    package var remoteAddress: String?
    package var timings: Timings
    /// The chain that the server presented; nil without TLS.
    package var certificates: CertificateChain?

    package init(
        statusCode: Int,
        version: String = "HTTP/1.1",
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        finalURL: String = "",
        redirects: Int = 0,
        remoteAddress: String? = nil,
        timings: Timings = Timings(),
        certificates: CertificateChain? = nil
    ) {
        self.statusCode = statusCode
        self.version = version
        self.headers = headers
        self.body = body
        self.finalURL = finalURL
        self.redirects = redirects
        self.remoteAddress = remoteAddress
        self.timings = timings
        self.certificates = certificates
    }
}

extension [HeaderField] {
    /// The values of all lines with this name, in order; names compare without ASCII case.
    package func values(named name: String) -> [String] {
        filter { $0.name.isEqualIgnoringASCIICase(to: name) }.map(\.value)
    }

    /// The value of the first line with this name.
    package func first(named name: String) -> String? {
        first { $0.name.isEqualIgnoringASCIICase(to: name) }?.value
    }
}

extension String {
    /// Equality of header names and tokens: ASCII letters without case, every other byte exactly.
    package func isEqualIgnoringASCIICase(to other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}

extension UInt8 {
    fileprivate var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
