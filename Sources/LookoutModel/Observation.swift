/// What a probe saw, for rules to judge and for people to read.
///
/// Kept in memory, not in the store.
package struct Observation: Hashable, Sendable {
    /// The response's header fields as they came: order, repeats and case kept.
    package var headers: [HeaderField]
    /// The body, at most as long as the probe's limit.
    package var body: [UInt8]
    /// The body as JSON, if it is JSON.
    package var json: JSONValue?
    /// The TLS chain that the server presented, even if it was not accepted.
    package var certificates: CertificateChain?
    /// What only this type of probe knows, by the names that it declares as its `FactField`s.
    package var facts: [String: JSONValue]
    /// Remarks for people that did not make the run fail.
    package var findings: [String]

    package init(
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        json: JSONValue? = nil,
        certificates: CertificateChain? = nil,
        facts: [String: JSONValue] = [:],
        findings: [String] = []
    ) {
        self.headers = headers
        self.body = body
        self.json = json
        self.certificates = certificates
        self.facts = facts
        self.findings = findings
    }
}

/// One header line.
///
/// Names compare without regard to ASCII case (RFC 9110 §5.1).
package struct HeaderField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The certificates that a server presented, leaf first.
package struct CertificateChain: Hashable, Sendable {
    package var certificates: [Certificate]
    /// Whether the chain was accepted for the host that was asked.
    package var isTrusted: Bool

    package init(certificates: [Certificate], isTrusted: Bool) {
        self.certificates = certificates
        self.isTrusted = isTrusted
    }

    /// The moment at which the first certificate of the chain expires.
    package var earliestExpiry: Timestamp? {
        certificates.map(\.notAfter).min()
    }
}

/// The facts of one X.509 certificate.
package struct Certificate: Hashable, Sendable {
    package var subject: String
    package var issuer: String
    /// The DNS names and addresses of the subject alternative name.
    package var names: [String]
    package var notBefore: Timestamp
    package var notAfter: Timestamp

    package init(
        subject: String,
        issuer: String,
        names: [String],
        notBefore: Timestamp,
        notAfter: Timestamp
    ) {
        self.subject = subject
        self.issuer = issuer
        self.names = names
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}

/// A fact that a probe type promises to report: its name in rules, its type, its meaning.
package struct FactField: Hashable, Sendable {
    /// The types that a fact may have; durations are reported as seconds in a `double`.
    package enum Kind: Hashable, Sendable {
        case bool
        case int
        case double
        case string
        case strings
        case dynamic
    }

    package let name: String
    package let kind: Kind
    package let summary: String

    package init(_ name: String, _ kind: Kind, _ summary: String) {
        self.name = name
        self.kind = kind
        self.summary = summary
    }
}
