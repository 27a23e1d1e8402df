import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutHTTP

/// Replies out of bytes, and what is said after them.
struct MailReplyTests {
    private static let stream =
        "220 x\r\n250-a\r\n250-SIZE 5\n250 c d\r\n550-5.1.1 no\r\n550 5.1.1 such\r\n354\r\n"

    private static let replies = [
        MailReply(code: 220, lines: ["x"]), MailReply(code: 250, lines: ["a", "SIZE 5", "c d"]),
        MailReply(code: 550, status: "5.1.1", lines: ["no", "such"]), MailReply(code: 354, lines: [""]),
    ]

    @Test func `replies are the same however they are cut on the way`() async {
        await checkAll(cases: 200) { generator in
            var reader = MailReplyReader()
            var read: [MailReply] = []
            var rest = Array(Self.stream.utf8)[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...12, using: &generator))
                rest = rest.dropFirst(piece.count)
                try reader.append(Array(piece))
                while let reply = try reader.next() { read.append(reply) }
            }
            #expect(read == Self.replies)
        }
    }

    @Test(
        arguments: [
            ("550 5.1.1 x", "5.1.1"), ("550 4.1.1 x", nil), ("250 2.0.0", "2.0.0"), ("550 5.1 x", nil),
            ("550 5.1.1.1 x", nil), ("550 5.1111.1 x", nil), ("550 5.a.1 x", nil), ("354 3.0.0 x", nil),
        ] as [(String, String?)]
    )
    func `an enhanced code is one of the reply's own class`(line: String, status: String?) throws {
        var collector = MailReplyCollector()
        let parsed = try #require(MailReplyLine(Array(line.utf8)))
        #expect(collector.take(parsed)?.status == status)
    }

    @Test(arguments: ["", "25", "250x", "2500 x", "150 x", "650 x", " 250 x", "25a x", "２５０ x"])
    func `what is no reply is none`(line: String) {
        #expect(MailReplyLine(Array(line.utf8)) == nil)
    }

    @Test(
        arguments: [
            ("", ".\r\n"), ("a\r\n", "a\r\n.\r\n"), ("a", "a\r\n.\r\n"), (".\r\n", "..\r\n.\r\n"),
            ("..\r\n.a\r\n", "...\r\n..a\r\n.\r\n"), ("a.\r\n", "a.\r\n.\r\n"),
        ]
    )
    func `no line of a mail can end it`(content: String, sent: String) {
        #expect(String(decoding: MailDialogue.stuffed(Array(content.utf8)), as: UTF8.self) == sent)
    }

    /// Whatever a server answers, the dialogue ends, and no recipient is forgotten.
    @Test func `random answers lead to an end that accounts for everybody`() async {
        await checkAll(cases: 500) { generator in
            let recipients = (0..<Int.random(in: 1...5, using: &generator)).map { "r\($0)@example.org" }
            let mail = MailSubmission.scripted(port: 25, recipients: recipients)
            var dialogue = MailDialogue(mail, capabilities: [])
            for _ in 0...recipients.count + 3 {
                let code =
                    [250, 250, 250, 354, 354, 451, 550, 421, 221].randomElement(using: &generator) ?? 250
                switch dialogue.take(MailReply(code: code)) {
                case .send: continue
                case .accepted:
                    #expect(dialogue.step == .message && !dialogue.accepted.isEmpty)
                    #expect(Set(dialogue.accepted + dialogue.refused.map(\.address)) == Set(recipients))
                    return
                case .refused(let refusal):
                    #expect(refusal.reply.code != 250 || refusal.step == .data)
                    return
                }
            }
            Issue.record("the dialogue does not end")
        }
    }
}
