import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// What a page that is watched says must not become markup, a mention or a link in any chat.
struct ChatMarkupTests {
    private static let attacks = [
        "<!channel> <!here> <@U012345> <https://evil.example|click>", "@everyone @here <@123> <@&456> <#789>",
        "</at><at>everybody</at>", "*bold* _italic_ ~strike~ `code` ||spoiler|| # heading",
        "[click](https://evil.example)", "![x](https://evil.example/x.png)", "@channel @all @here",
        "<users/all>", "<b>bold</b><a href=\"https://evil.example\">x</a>", "\\", "\\*", "``` fence ```",
        "&lt;b&gt; &amp;", "- item", "1. item", "> quote", "# heading",
    ]

    private func payload(
        _ name: String,
        _ text: String,
        form: Delivery.Form = .full
    ) async throws -> JSONValue {
        let texts = AlertTexts(summary: text, description: text, annotations: ["note": text])
        return try await ChatFixtures.named(name)
            .payload(DeliveryExamples.delivery(of: .firing, form: form, texts: texts))
    }

    @Test(arguments: attacks, ["slack", "slack_bot"])
    func `Slack gets foreign text only where it looks for no markup`(
        attack: String,
        name: String
    ) async throws {
        let payload = try await payload(name, attack)
        let marked = payload.objects(with: "type").filter { $0["type"] == "mrkdwn" }
            .compactMap { $0["text"]?.string }
        #expect(marked.allSatisfy { $0 == "<https://lookout.example.org|Lookout>" })
        let shown = payload.objects(with: "type").filter { $0["type"] == "plain_text" }
            .compactMap { $0["text"]?.string }
        #expect(shown.contains(attack))
        for form in Delivery.Form.allCases {
            let text = try #require(try await self.payload(name, attack, form: form)["text"]?.string)
            #expect(!text.contains("<") && !text.contains(">"))
        }
    }

    @Test(arguments: attacks, Delivery.Form.allCases)
    func `Discord shows foreign text as it is and mentions nobody`(
        attack: String,
        form: Delivery.Form
    ) async throws {
        let payload = try await payload("discord", attack, form: form)
        #expect(payload["allowed_mentions"] == ["parse": []])
        for text in payload.texts { #expect(Self.unescaped(text, marks: "<>@*_~|[]#&").isEmpty, "\(text)") }
    }

    @Test(arguments: attacks, Delivery.Form.allCases)
    func `Mattermost shows foreign text as it is and mentions nobody`(
        attack: String,
        form: Delivery.Form
    ) async throws {
        let text = try #require(try await payload("mattermost", attack, form: form)["text"]?.string)
        #expect(Self.unescaped(text, marks: "<>@*_~|[]#&").isEmpty, "\(text)")
        for name in ["@channel", "@all", "@here", "@everyone"] { #expect(!text.contains(name)) }
    }

    @Test(arguments: attacks, Delivery.Form.allCases)
    func `Teams gets foreign text only in runs, which know no markup`(
        attack: String,
        form: Delivery.Form
    ) async throws {
        let payload = try await payload("teams", attack, form: form)
        let holders = payload.objects(with: "text")
        #expect(holders.allSatisfy { $0["type"] == "TextRun" })
        #expect(holders.contains { $0["text"]?.string?.contains(attack) == true })
        #expect(payload.objects(with: "entities").isEmpty)
    }

    @Test(arguments: attacks)
    func `Google Chat gets foreign text without tags`(attack: String) async throws {
        let payload = try await payload("google_chat", attack)
        let own = ["<b>", "</b>", "<br>", "<a href=\"https://lookout.example.org\">", "</a>"]
        for holder in payload["cardsV2"]?.objects(with: "text") ?? [] {
            let text = own.reduce(holder["text"]?.string ?? "") { $0.replacing($1, with: "") }
            #expect(!text.contains("<") && !text.contains(">"), "\(text)")
        }
        let plain = try await self.payload("google_chat", attack, form: .plain)
        #expect(plain["text"]?.string?.contains("<users/") == false)
    }

    /// The marks that no backslash stands before, outside of code and of what a message has of its own.
    private static func unescaped(_ text: String, marks: String) -> String {
        var rest = text
        // The title's tag, names of facts in bold, and links to Lookout itself are its own.
        for own in [
            "[SEV1]", "**", "<https://lookout.example.org>", "[https://lookout.example.org](",
        ] {
            rest = rest.replacing(own, with: "")
        }
        var found = ""
        var isEscaped = false
        var isCode = false
        for scalar in rest.unicodeScalars {
            if scalar == "`" && !isEscaped { isCode.toggle() }
            if !isEscaped, !isCode, marks.unicodeScalars.contains(scalar) {
                found.unicodeScalars.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped && !isCode
        }
        return isCode ? found + "`" : found
    }

    @Test func `a thread of the bot takes what comes later, and the plain form leaves it`() async throws {
        let thread = "C0123456789/1763812800.000100"
        let bot = ChatFixtures.slackBot
        let later = try await bot.payload(DeliveryExamples.delivery(of: .reminder, thread: thread))
        #expect(later["thread_ts"] == "1763812800.000100")
        #expect(later["reply_broadcast"] == nil)
        for kind in [Notice.Kind.escalated, .resolved] {
            let news = try await bot.payload(DeliveryExamples.delivery(of: kind, thread: thread))
            #expect(news["thread_ts"] == "1763812800.000100")
            #expect(news["reply_broadcast"] == true)
        }
        let plain = try await bot.payload(
            DeliveryExamples.delivery(of: .resolved, form: .plain, thread: thread)
        )
        #expect(plain["thread_ts"] == nil)
        for other in ["C9999999999/1763812800.000100", "1763812800.000100", "", "/"] {
            let moved = try await bot.payload(DeliveryExamples.delivery(of: .resolved, thread: other))
            #expect(moved["thread_ts"] == nil, "\(other)")
        }
    }

    @Test(arguments: ["#ops", "ops", "C12", "c0123456789", "C0123-56789", "U0123456789", ""])
    func `a bot wants the id of a channel`(channel: String) {
        let faults = ChatFixtures.slackBot.faults(["channel": .string(channel)])
        #expect(faults.count == 1)
        #expect(faults.first?.contains("channel") == true)
    }

    @Test(arguments: ["0", "-1", "abc", "1 2", ""])
    func `a thread of Discord's is a number`(thread: String) {
        #expect(ChatFixtures.discord.faults(["thread_id": .string(thread)]).count == 1)
    }

    @Test func `a thread of Discord's goes into the address, behind what is there`() async throws {
        let exchange = try await ChatFixtures.discord.exchange(
            DeliveryExamples.delivery("firing"),
            settings: ["thread_id": "42"]
        )
        #expect(exchange.requests.first?.url.hasSuffix("S3cret?wait=true&thread_id=42") == true)
    }
}
