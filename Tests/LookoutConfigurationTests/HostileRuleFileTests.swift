import Foundation
import LookoutConfiguration
import LookoutRules
import LookoutTestSupport
import Testing

/// Rule files from a hostile hand: an error that says what is wrong, in bounded time, and no rules in force.
@Suite struct `Hostile rule files` {
    let fixture: LoaderFixture

    init() throws {
        fixture = try LoaderFixture()
    }

    private func messages(_ bytes: [UInt8]) throws -> [String] {
        try fixture.directory.place("rules.yaml", bytes: bytes)
        return try load()
    }

    private func messages(_ text: String) throws -> [String] { try messages(Array(text.utf8)) }

    private func load() throws -> [String] {
        let (configuration, messages) = try fixture.load(
            text: "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nrules: {files: [rules.yaml]}\n"
        )
        #expect(configuration == nil)
        return messages
    }

    private func rule(_ keys: String) -> String {
        "groups:\n  - name: g\n    rules:\n      - {id: a, severity: 2, summary: s, \(keys)}\n"
    }

    @Test func `ten megabytes are too much`() throws {
        #expect(
            try messages([UInt8](repeating: UInt8(ascii: "#"), count: 10_000_000))
                == ["error: rules.yaml cannot be read: it is larger than 1024 KiB"]
        )
    }

    @Test func `aliases of aliases are bounded`() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let alias = "*a\(level - 1)"
            let list = [String](repeating: alias, count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(list)]\n"
        }
        text += "groups: *a30\n"
        #expect(
            try messages(text)
                == ["rules.yaml:1:1: error: the file holds more than 100000 values, aliases followed"]
        )
    }

    @Test func `an alias that stands for itself is an error`() throws {
        let found = try messages("groups: &g [*g]\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("rules.yaml:1:") == true, "\(found)")
    }

    @Test func `an anchor may be used again`() throws {
        let text = """
            groups:
              - name: g
                rules:
                  - {id: a, severity: 2, summary: s, expr: sample.failed, runbook: &book docs/a.md}
                  - {id: b, severity: 2, summary: s, expr: sample.ok, runbook: *book}
            """
        try fixture.directory.place("rules.yaml", text)
        let (configuration, messages) = try fixture.load(
            text: "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nrules: {files: [rules.yaml]}\n"
        )
        #expect(messages == [])
        #expect(configuration?.rules.rules.map(\.runbook) == ["docs/a.md", "docs/a.md"])
    }

    @Test(arguments: ["[", "{a: ", "- "])
    func `nesting without end is an error`(opening: String) throws {
        let found = try messages("groups: " + String(repeating: opening, count: 50_000))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("rules.yaml:") == true, "\(found.first?.prefix(200) ?? "")")
    }

    @Test(arguments: [
        ("expr: sample.failed, expr: sample.ok", "\"expr\" is given twice in one mapping"),
        ("expr: sample.failed, annotations: {a: b, a: c}", "\"a\" is given twice in one mapping"),
    ])
    func `a key that is given twice is an error`(keys: String, message: String) throws {
        let found = try messages(rule(keys))
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test func `bytes that are no text are an error with their place`() throws {
        #expect(
            try messages(Array("groups:\n  - name: ".utf8) + [0xFF, 0xFE]) == [
                "rules.yaml:2:11: error: the file is not valid UTF-8\n  hint: save it as UTF-8"
            ]
        )
    }

    @Test(arguments: [UInt8](0...8) + [0x0B, 0x0C, 0x1B, 0x7F])
    func `control characters are an error`(byte: UInt8) throws {
        let found = try messages(Array("groups: [".utf8) + [byte] + Array("]".utf8))
        #expect(found.first?.hasPrefix("rules.yaml:1:") == true, "\(found)")
    }

    @Test func `a directory, a pipe and a device are no rule files`() throws {
        let path = fixture.directory.file("rules.yaml")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        #expect(try load() == ["error: rules.yaml cannot be read: it is a directory"])
        try FileManager.default.removeItem(atPath: path)
        try #require(mkfifo(path, 0o600) == 0)
        #expect(try load() == ["error: rules.yaml cannot be read: it is not a regular file"])
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
        #expect(try load() == ["error: rules.yaml cannot be read: it is not a regular file"])
    }

    @Test func `a file of thousands of rules is compiled, and each of its mistakes found`() throws {
        let rules = (0..<2000).map {
            "      - {id: r\($0), severity: 2, summary: s, expr: sample.attempts > \($0) && sample.nope}\n"
        }
        let found = try messages("groups:\n  - name: g\n    rules:\n" + rules.joined())
        #expect(found.count == 2000)
        #expect(found.last?.contains("undefined field 'nope'") == true)
    }

    @Test func `a template with thousands of expressions, and one of many kilobytes, are errors`() throws {
        let many = String(repeating: "{{ sample.nope }}", count: 900)
        #expect(
            try messages(rule("expr: sample.failed, description: \"\(many)\""))
                .contains { $0.contains("error: a text has at most 100 expressions") }
        )
        let long = String(repeating: "x", count: 20_000)
        #expect(
            try messages(rule("expr: sample.failed, description: \"\(long)\""))
                .contains { $0.contains("error: the text is longer than 16384 bytes") }
        )
    }

    @Test func `of an expression with hundreds of mistakes the first are shown, and how many more there are`()
        throws
    {
        let found = try messages(rule("expr: '" + String(repeating: "nope || ", count: 300) + "nope'"))
        #expect(found.count == 21)
        #expect(found.last?.contains("this expression has 281 more mistakes") == true, "\(found.last ?? "")")
    }

    @Test func `any damage to a rule file is an error or rules`() async throws {
        let sound = Array(
            """
            groups:
              - name: g
                rules:
                  - id: a
                    match: {probe: p, labels: {x: y}}
                    when: has(sample.status)
                    expr: >-
                      failures("5m") > 3 && sample.message.matches("^a+$")
                    for: 1m
                    depends_on: [b]
                    on_no_data: keep
                    severity: 'environment.name == "e" ? 2 : 3'
                    summary: "{{ sample.message }}"
                    annotations: {c: d}
                  - id: b
                    slo: {objective: 99.9, period: 30d, page: 2}
            """.utf8
        )
        await checkAll(cases: 300) { generator in
            var bytes = sound
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
                }
            }
            try fixture.directory.place("rules.yaml", bytes: bytes)
            let (configuration, messages) = try fixture.load(
                text: "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nrules: {files: [rules.yaml]}\n"
            )
            try #require((configuration == nil) == messages.contains { $0.contains("error: ") })
        }
    }
}
