import LookoutModel
import Testing

@testable import LookoutHTTP

@Suite struct `Certificates in the text of OpenSSL` {
    static let times: [(String, Int64?)] = [
        ("Jan  1 00:00:00 1970 GMT", 0),
        ("Feb  3 04:05:06 2021 GMT", 1_612_325_106),
        ("Dec 31 23:59:59 2049 GMT", 2_524_607_999),
        ("Feb 29 12:00:00 2024 GMT", 1_709_208_000),
        ("Dec 31 23:59:59 9999 GMT", 253_402_300_799),
        ("Jun 15 12:00:00.25 2026 GMT", 1_781_524_800),
        ("Jan  1 00:00:00 1950 GMT", -631_152_000),
        ("Feb 30 12:00:00 2024 GMT", nil),
        ("Foo  1 00:00:00 2024 GMT", nil),
        ("Jan  1 24:00:00 2024 GMT", nil),
        ("Jan  1 00:00 2024 GMT", nil),
        ("Jan  1 00:00:00 2024", nil),
        ("Bad time value", nil),
        ("", nil),
    ]

    @Test(arguments: times)
    func `times are read to the second`(text: String, seconds: Int64?) {
        #expect(Timestamp(openSSL: text[...]) == seconds.map { Timestamp(seconds: $0) })
    }

    private let lines = [
        "Subject:O = Acme: Ltd, CN = acme.example", "Issuer:CN = Authority", "Version:2",
        "Start date:Jan  1 00:00:00 1970 GMT", "Expire date:Jan  2 00:00:00 1970 GMT",
        "X509v3 Subject Alternative Name:DNS:acme.example, DNS:*.acme.example, IP Address:10.0.0.1, "
            + "IP Address:0:0:0:0:0:0:0:1, email:a@b",
    ]

    @Test func `a certificate is read with its names`() throws {
        let certificate = try #require(Certificate(openSSLLines: lines))
        #expect(certificate.subject == "O = Acme: Ltd, CN = acme.example")
        #expect(certificate.issuer == "CN = Authority")
        #expect(certificate.names == ["acme.example", "*.acme.example", "10.0.0.1", "0:0:0:0:0:0:0:1"])
        #expect(certificate.notAfter == Timestamp(seconds: 86_400))
    }

    @Test func `what comes first counts`() {
        let certificate = Certificate(openSSLLines: lines + ["Expire date:Jan  1 00:00:00 2099 GMT"])
        #expect(certificate?.notAfter == Timestamp(seconds: 86_400))
    }

    @Test(arguments: ["Start date", "Expire date"])
    func `without a validity it is none`(missing: String) {
        #expect(Certificate(openSSLLines: lines.filter { !$0.hasPrefix(missing) }) == nil)
    }
}
