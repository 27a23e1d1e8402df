import CCurl
import LookoutModel

extension Transfer {
    /// The chain of the last handshake; nil without TLS, or if the connection was a reused one.
    func chain(isTrusted: Bool) -> CertificateChain? {
        guard lastTarget?.isTLS == true else { return nil }
        let certificates = easy.certificates
        return certificates.isEmpty ? nil : CertificateChain(certificates: certificates, isTrusted: isTrusted)
    }

    /// A connection to the same address, to learn what this transfer cannot tell.
    ///
    /// That is the chain if it was refused, or whether it would have been; within what is left of
    /// the time, so nil if there is none left.
    func handshakeRequest() -> ConnectionRequest? {
        let timeLeft = deadline - .now
        guard !isMail, let target = lastTarget, timeLeft >= .milliseconds(1) else { return nil }
        let address = easy.text(CURLINFO_PRIMARY_IP)
        return ConnectionRequest(
            url: "https://\(target.authority)/",
            timeout: timeLeft,
            tls: TLSOptions(verifies: !tls.verifies, authorityFile: tls.authorityFile),
            resolve: address.isEmpty ? [] : ["\(target.authority):\(address)"]
        )
    }

    /// Whether it is not known yet if the chain that was presented would be accepted.
    func leavesTrustOpen(_ chain: CertificateChain?) -> Bool {
        chain != nil && !tls.verifies
    }
}
