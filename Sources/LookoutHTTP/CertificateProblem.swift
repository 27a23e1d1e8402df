/// Why a certificate was not accepted, in words.
struct CertificateProblem {
    let message: String

    /// Whether it is only that the certificate names other hosts: libcurl then has read the chain.
    let isName: Bool

    /// `code` is OpenSSL's `X509_V_ERR_…` (openssl/x509_vfy.h); `text` is libcurl's sentence.
    ///
    /// Code 1 is what libcurl begins with and replaces once the chain has been refused, or the name
    /// accepted. If it is still there, the name is the problem.
    init(_ code: Int, host: String, text: String) {
        isName = [0, 1, 62, 64].contains(code)
        let problem =
            switch code {
            case _ where isName: "is not for this host"
            case 9: "is not valid yet"
            case 10: "has expired"
            case 18: "is self-signed"
            case 2, 19, 20, 21: "is from an unknown authority"
            case 23: "was revoked"
            default: "was not accepted"
            }
        let detail = text.isEmpty ? "" : " (\(text))"
        message = "the certificate of \(host) \(problem)\(detail)"
    }
}
