import LookoutConfiguration
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `Reading YAML` {
    private func read(_ text: String) throws -> SettingsNode {
        try YAMLReader(file: "f").read(Array(text.utf8)).get().root
    }

    private func messages(_ bytes: [UInt8]) -> [String] {
        switch YAMLReader(file: "f").read(bytes) {
        case .success: []
        case .failure(let diagnostics): diagnostics.sorted.map(\.rendered)
        }
    }

    private func messages(_ text: String) -> [String] {
        messages(Array(text.utf8))
    }

    @Test func `keys and values know their places`() throws {
        let node = try read("a: 1\nété:\n  - x\n  -   {k: \"v\"}\nempty:\n")
        guard case .mapping(let entries) = node.content else {
            Issue.record("not a mapping")
            return
        }
        #expect(entries.map(\.key) == ["a", "été", "empty"])
        #expect(entries.map(\.position.description) == ["f:1:1", "f:2:1", "f:5:1"])
        #expect(
            entries[0].value
                == SettingsNode(.scalar("1", isQuoted: false), at: .init(file: "f", line: 1, column: 4))
        )
        #expect(entries[2].value.content == .null)
        guard case .sequence(let elements) = entries[1].value.content else {
            Issue.record("not a sequence")
            return
        }
        #expect(elements.map(\.position.description) == ["f:3:5", "f:4:7"])
        let expected = SettingsNode(.scalar("v", isQuoted: true), at: .init(file: "f", line: 4, column: 11))
        #expect(elements[1]["k"] == expected)
    }

    @Test(
        arguments: [
            ("a", .scalar("a", isQuoted: false)), ("'a'", .scalar("a", isQuoted: true)),
            ("\"\\u00e9\\n\"", .scalar("é\n", isQuoted: true)),
            ("|\n  a\n  b\n", .scalar("a\nb\n", isQuoted: true)),
            (">-\n  a\n  b\n", .scalar("a b", isQuoted: true)), ("~", .null), ("null", .null),
            ("NULL", .null),
            ("'null'", .scalar("null", isQuoted: true)), ("", .null),
            ("yes", .scalar("yes", isQuoted: false)),
            ("1.10", .scalar("1.10", isQuoted: false)),
            ("2026-11-22", .scalar("2026-11-22", isQuoted: false)),
            ("https://a/b#c", .scalar("https://a/b#c", isQuoted: false)),
            ("${x}/y", .scalar("${x}/y", isQuoted: false)),
            ("[]", .sequence([])), ("{}", .mapping([])),
        ] as [(String, SettingsNode.Content)]
    )
    func `a value is kept as it is written`(text: String, content: SettingsNode.Content) throws {
        #expect(try read("k: \(text)")["k"]?.content == content)
    }

    @Test func `a byte order mark and Windows line ends do no harm`() throws {
        let node = try read("\u{FEFF}a: 1\r\nb: 2\r\n")
        #expect(node["a"]?.content == .scalar("1", isQuoted: false))
        #expect(node["b"]?.position.line == 2)
    }

    @Test func `an alias is what its anchor marks`() throws {
        let node = try read("a: &x [1, 2]\nb: *x\n")
        #expect(node["a"] == node["b"])
    }

    @Test(
        arguments: [
            ("", "f:1:1: error: the file is empty"), ("# nothing\n", "f:1:1: error: the file is empty"),
            ("a: 1\n---\nb: 2\n", "f:2:1: error: a second document begins here"),
            ("a: [1\nb: 2\n", "error: not valid YAML: "),
            ("a: b: c\n", "f:1:5: error: not valid YAML: "),
            ("a:\n\t- b\n", "f:2:1: error: not valid YAML: "), ("a: \"b\n", "error: not valid YAML: "),
            ("a: {url: ${x}/y}\n", "error: not valid YAML: "),
            ("a: *x\n", "f:1:4: error: not valid YAML: found undefined alias"),
            ("a: 1\n\"a\": 2\n", "f:1:1: error: \"a\" is given twice"),
            ("x:\n  b: 1\n  b: 2\n", "f:2:3: error: \"b\" is given twice"),
            ("[1]: 2\n", "f:1:1: error: a key must be plain text"),
            ("? {a: 1}\n: 2\n", "f:1:3: error: a key must be"),
            ("a: &x b\n*x : 1\n", "f:2:1: error: a key must be plain text"),
            ("<<: {a: 1}\n", "f:1:1: error: merging mappings with << is not supported"),
            ("a: !env X\n", "f:1:4: error: the tag !env is not supported"),
            ("a: !!binary aGk=\n", "f:1:4: error: the tag tag:yaml.org,2002:binary is not supported"),
            ("a: !!set {b}\n", "f:1:4: error: the tag tag:yaml.org,2002:set is not supported"),
            ("a: 1\nb: \u{1}\n", "f:2:4: error: not valid YAML: control characters are not allowed"),
            ("a: \"\\uD800\"\n", "error: not valid YAML: found invalid Unicode character escape code"),
            ("a: \0\n", "f:1:4: error: not valid YAML: control characters are not allowed"),
            ("%YAML 3.0\n---\na: 1\n", "error: not valid YAML: found incompatible YAML document"),
        ]
    )
    func `what a configuration has no use for is an error at its place`(text: String, message: String) throws
    {
        let messages = messages(text)
        #expect(messages.count == 1)
        #expect(try #require(messages.first).contains(message))
    }

    @Test func `the usual slips get a hint`() {
        #expect(
            messages("a:\n\t- b\n").first?.hasSuffix("hint: indent with spaces; YAML does not allow tabs")
                == true
        )
        #expect(
            messages("a: {url: ${x}/y}\n").first?
                .hasSuffix("hint: inside of { } and [ ] put a text with ${...} in quotes") == true
        )
    }

    @Test func `all wrong keys and tags are reported at once`() {
        #expect(messages("a: !x 1\n[1]: 2\nb: !y 1\n").count == 3)
    }

    @Test func `a line with an error is not shown since it may hold a secret`() {
        for text in [
            "token: hunter2: x\n", "token: \"hunter2\n", "token: [hunter2\n",
            "{token: hunter2, token: hunter3}",
        ] {
            #expect(!messages(text).isEmpty)
            #expect(!messages(text).joined().contains("hunter"))
        }
    }

    @Test func `bytes that are not UTF-8 are an error at their place`() {
        #expect(
            messages(Array("a: é\nbé: ".utf8) + [0xFF]) == [
                "f:2:5: error: the file is not valid UTF-8\n  hint: save it as UTF-8"
            ]
        )
    }

    @Test func `a billion laughs end at the limit`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(messages(text) == ["f:1:1: error: the file holds more than 100000 values, aliases followed"])
    }

    @Test(arguments: [
        "? *a30\n: 1\n", "? [*a30, *a30]\n: 1\n", "? {x: *a30}\n: 1\n", "[*a30]: 1\n", "*a30 : 1\n",
    ])
    func `a key is refused before what it stands for is looked at`(key: String) {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n"
        }
        #expect(messages(text + key).first?.contains("a key must be plain text") == true)
    }

    @Test(arguments: ["- ", "[", "{a: ", "? ", "a: [", "- - ["])
    func `endless nesting is an error and no crash`(text: String) {
        let bytes = Array(String(repeating: text, count: 200_000 / text.utf8.count).utf8)
        let messages = messages(bytes)
        #expect(messages.count == 1)
        #expect(messages.first?.contains(": error: ") == true)
    }

    @Test func `the deepest nesting that YAML allows is read`() throws {
        let depth = 900
        _ = try read(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    }

    @Test func `a file above the limit is refused`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: YAMLReader.maximumSize + 1)
        #expect(messages(bytes) == ["f:1:1: error: the file is larger than 1024 KiB"])
    }

    @Test func `junk is an error or a value and never a crash`() async {
        let alphabet = Array("ab:-?[]{},&*!|>'\"%@` \n\t#~<\\é0".utf8)
        await checkAll(cases: 2000) { generator in
            let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                    : UInt8.random(in: 0x20..<0x7F, using: &generator)
            }
            for message in messages(bytes) { try #require(message.contains("error: ")) }
        }
    }
}
