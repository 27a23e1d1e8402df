import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// Mails as they go over the wire.
struct EmailMessageTests {
    @Test(arguments: DeliveryExamples.names)
    func `each sort of delivery is the mail that was looked at`(name: String) {
        expectGolden(EmailMessage.forTest(DeliveryExamples.delivery(name)).text, "email-\(name).eml")
    }

    @Test func `all mails of an episode answer to one that never was`() throws {
        let firing = EmailMessage.forTest(DeliveryExamples.delivery(of: .firing))
        let resolved = EmailMessage.forTest(DeliveryExamples.delivery(of: .resolved))
        #expect(firing.root == resolved.root)
        let root = try #require(firing.root)
        #expect(firing.text.contains("In-Reply-To: \(root)\nReferences: \(root)\n"))
        #expect(EmailMessage.forTest(DeliveryExamples.delivery("digest")).root == nil)
    }

    @Test func `every attempt sends the same, under the same name`() {
        var delivery = DeliveryExamples.delivery(of: .firing)
        let first = EmailMessage.forTest(delivery)
        delivery.failedAttempts = 7
        #expect(EmailMessage.forTest(delivery).content == first.content)
        #expect(first.text.contains("Message-ID: <\(delivery.id)@example.org>\n"))
    }

    @Test(arguments: [Delivery.Form.full, .plain])
    func `hostile texts add no header, no part and no tag`(form: Delivery.Form) {
        var delivery = DeliveryExamples.hostileDelivery(form: form)
        delivery.form = form
        let message = EmailMessage.forTest(delivery, prefix: "x\r\nBcc: a@example.org\r\n\r\nbody\u{0}")
        let text = message.text
        #expect(!text.contains("\nBcc:"))
        #expect(!EmailPage(message: message.message).html.contains("<b>"))
        #expect(!EmailPage(message: message.message).html.contains("href=\"javascript"))
        #expect(
            text.split(separator: "--=_lookout", omittingEmptySubsequences: false).count
                == (form == .full ? 4 : 1)
        )
    }

    @Test(arguments: ["a", "ä", "😀", "\u{301}", "\"\\", " ", "=?utf-8?q?x?=", "\n.", "\t"])
    func `lines are ASCII and short, however long the texts are`(filler: String) {
        for form in [Delivery.Form.full, .plain] {
            let message = EmailMessage.forTest(
                DeliveryExamples.longDelivery(filler, form: form),
                prefix: filler
            )
            #expect(
                message.content.allSatisfy { $0 == 9 || $0 == 10 || $0 == 13 || (0x20...0x7e).contains($0) }
            )
            #expect(message.content.count < 1 << 20)
            // Names of mails cannot be folded.
            let long = ["In-Reply-To:", "References:", "X-Lookout-Episode:"]
            let lines = String(decoding: message.content, as: UTF8.self).split(separator: "\r\n")
                .filter { line in !long.contains(where: line.hasPrefix) }
            #expect(lines.filter { $0.utf8.count > 78 || $0.utf8.contains(10) || $0.utf8.contains(13) } == [])
        }
    }

    @Test(arguments: ["é", "日本語のアラート", "Größe 😀 = 100 %", "a_b?c=d", "  two  blanks  ", "=?utf-8?q?x?=", "x"])
    func `a subject says what it was given`(text: String) {
        for count in [1, 7, 40] {
            let whole = String(repeating: text, count: count)
            let header = EmailHeader.text("Subject", whole)
            #expect(header.hasSuffix("\r\n"))
            #expect(decodedHeader(header) == whole)
        }
    }

    @Test func `quoted-printable says what it was given`() async {
        let characters: [Character] = [
            "a", "=", " ", "\t", ".", "ä", "😀", "\u{301}", "\u{7f}", "\u{1}", "\"", "-", "\n",
        ]
        await checkAll(cases: 300) { generator in
            let text = String(
                (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                    characters.randomElement(using: &generator) ?? "a"
                }
            )
            let encoded = QuotedPrintable.encoded(text)
            for line in encoded.split(separator: "\r\n") { #expect(line.utf8.count <= 76) }
            #expect(decodedQuotedPrintable(encoded) == text + "\n")
        }
    }

    @Test(
        arguments: [
            ("2026-11-22T12:00:00Z", "Sun, 22 Nov 2026 12:00:00 +0000"),
            ("2024-02-29T23:59:59.999999Z", "Thu, 29 Feb 2024 23:59:59 +0000"),
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000"),
            ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
            ("2000-01-01T00:00:01Z", "Sat, 01 Jan 2000 00:00:01 +0000"),
        ]
    )
    func `dates are those of RFC 5322`(time: String, date: String) throws {
        #expect(EmailDate.text(try #require(Timestamp(rfc3339: time))) == date)
    }

    @Test(
        arguments: [
            "ops@example.org", "Operations <ops@example.org>", "\"Op, s\" <o.p-s+x@sub.example.org>",
            "Größe <a@b>", "<ops@example.org>", "a!#$%&'*+-/=?^_`{|}~@example.org",
        ]
    )
    func `addresses are read`(text: String) throws {
        let address = try #require(EmailAddress(text))
        #expect(text.contains(address.mailbox))
    }

    @Test(
        arguments: [
            "", "ops", "@example.org", "ops@", "a@b@c", "a b@example.org", "ops@example..org",
            ".ops@example.org",
            "ops@-example.org", "ops@example.org\r\nBcc: x@example.org", "öps@example.org", "ops@exämple.org",
            "Ops <ops@example.org", "Ops ops@example.org>", "<a@b>, <c@d>", "\"a b\"@example.org",
            "a@[127.0.0.1]",
        ]
    )
    func `what is no address is refused`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    // MARK: - Decoders, written from the RFCs and not from the encoders

    private func decodedQuotedPrintable(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "=") where rest.starts(with: "\r\n".utf8): rest = rest.dropFirst(2)
            case UInt8(ascii: "="):
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "\r"): break
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func decodedHeader(_ header: String) -> String {
        let unfolded = header.split(separator: "\r\n").joined()
        let value = unfolded.drop { $0 != ":" }.dropFirst(2)
        guard value.hasPrefix("=?") else { return String(value) }
        let words = value.split(separator: " ").map { word in
            word.dropFirst("=?utf-8?q?".count).dropLast(2)
        }
        return decodedQuotedPrintable(words.joined().map { $0 == "_" ? " " : String($0) }.joined())
    }
}
