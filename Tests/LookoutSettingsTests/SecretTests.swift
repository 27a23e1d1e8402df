import LookoutModel
import LookoutSettings
import Testing

@Suite struct `Secrets in settings` {
    static let source = FixedSecrets(values: ["env:TOKEN": "a", "credential:token": "b", "file:/t": "c"])

    @Test(arguments: [("env", "TOKEN", "a"), ("credential", "token", "b"), ("file", "/t", "c")])
    func `a reference is looked up`(kind: String, name: String, value: String) {
        let node = SettingsNode.mapping((kind, .plain(name)))
        #expect(reading(Secret.self, node, secrets: Self.source).value?.reveal() == value)
    }

    @Test func `a secret may stand in the file and use variables`() {
        #expect(
            reading(Secret.self, .plain("${base}/x$y"), variables: ["base": "b"]).value?.reveal() == "b/x$y"
        )
        #expect(reading(Secret.self, .quoted("5")).value?.reveal() == "5")
    }

    @Test func `a value that was looked up is not looked at for variables`() {
        let source = FixedSecrets(values: ["env:TOKEN": "${x}"])
        let node = SettingsNode.mapping(("env", .plain("TOKEN")))
        #expect(reading(Secret.self, node, secrets: source).value?.reveal() == "${x}")
    }

    @Test func `a reference to nothing says what was looked for`() {
        let (value, messages) = reading(Secret.self, .mapping(("env", .plain("NONE"))), secrets: Self.source)
        #expect(value == nil)
        #expect(messages == ["test:1:10: error: env:NONE is not there"])
    }

    @Test func `an unknown kind of reference is told the nearest`() {
        #expect(
            reading(Secret.self, .mapping(("envv", .plain("A")))).messages
                == ["test:1:1: error: unknown kind of secret \"envv\"\n  hint: did you mean \"env\"?"]
        )
    }

    @Test(
        arguments: [
            SettingsNode.plain("hunter${2"), .plain("${hunter2}"), .list(.plain("hunter2")), .plain(""),
            .nothing,
            .mapping(("env", .plain("A")), ("file", .plain("hunter2"))),
        ]
    )
    func `a wrong secret is never repeated in the message`(node: SettingsNode) {
        let (value, messages) = reading(Secret.self, node)
        #expect(value == nil)
        #expect(messages.count == 1)
        #expect(!messages.joined().contains("hunter"))
    }

    @Test func `a secret where a mapping or a list goes is not repeated either`() {
        #expect(!reading(Section.self, .plain("hunter2")).messages.joined().contains("hunter"))
        #expect(!reading([Secret].self, .quoted("hunter2")).messages.joined().contains("hunter"))
    }

    @Test func `no way of printing shows a secret`() throws {
        let secret = Secret("hunter2")
        var section = Section()
        section.token = secret
        var dumped = ""
        dump(section, to: &dumped)
        dump(secret, to: &dumped)
        dump([secret], to: &dumped)
        var printed = ""
        print(secret, Optional(secret) as Any, [secret], ["k": secret], to: &printed)
        debugPrint(secret, section, to: &printed)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(section)",
            String(describing: Optional(secret)), String(reflecting: section), dumped, printed,
            "\(Mirror(reflecting: secret).children.map { "\($0)" })",
            "\(Result<Secret, SecretLookupError>.success(secret))",
        ]
        for text in texts { #expect(!text.contains("hunter2")) }
        #expect(texts[0] == "<secret>")
    }
}
