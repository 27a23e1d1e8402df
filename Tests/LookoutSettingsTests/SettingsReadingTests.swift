import LookoutModel
import LookoutSettings
import Testing

@Suite struct `Reading settings` {
    @Test func `every kind of field is read and the rest keeps its default`() throws {
        let node = SettingsNode.mapping(
            ("name", .plain("a")),
            ("count", .plain("10")),
            ("color", .plain("green")),
            ("pause", .plain("1m")),
            ("tags", .list(.plain("x"), .quoted("1"))),
            ("labels", .mapping(("tier", .plain("1")))),
            ("token", .plain("hunter2"))
        )
        let (value, messages) = reading(Section.self, node)
        let section = try #require(value)
        #expect(messages.isEmpty)
        #expect(section.name == "a")
        #expect(section.count == 10)
        #expect(section.ratio == 0.5)
        #expect(section.isOn == false)
        #expect(section.color == .green)
        #expect(section.pause == .seconds(60))
        #expect(section.tags == ["x", "1"])
        #expect(section.labels == ["tier": "1"])
        #expect(section.token?.reveal() == "hunter2")
    }

    @Test func `all errors are reported at once, each at its place`() {
        let node = SettingsNode.mapping(
            ("nmae", .plain("a")),
            ("count", .plain("11")),
            ("ratio", .plain("much")),
            ("on", .plain("yes")),
            ("color", .plain("gren")),
            ("pause", .plain("5")),
            ("tags", .plain("x")),
            ("labels", .mapping(("my-tier", .plain("1")))),
            ("token", .list())
        )
        let (value, messages) = reading(Section.self, node)
        #expect(value == nil)
        #expect(
            messages == [
                "test:1:1: error: unknown key \"nmae\"\n  hint: did you mean \"name\"?",
                "test:1:1: error: \"my-tier\" is not a label name\n  hint: letters, digits and _, no digit first",
                "test:1:1: error: \"name\" is missing\n  hint: What it is called.",
                "test:2:10: error: 11 is not from 1 to 10",
                "test:3:10: error: expected a number, found \"much\"",
                "test:4:10: error: expected true or false, found \"yes\"",
                "test:5:10: error: \"gren\" is not one of red, green\n  hint: did you mean \"green\"?",
                "test:6:10: error: \"5\" is not a duration\n"
                    + "  hint: write a number and a unit: 250ms, 30s, 5m, 1h30m, 14d",
                "test:7:10: error: expected a list, found a text",
                "test:9:10: error: expected a secret, found a list\n"
                    + "  hint: write {env: NAME}, {credential: NAME} or {file: PATH}",
            ]
        )
    }

    @Test func `a repeated key is an error although both values are right`() {
        let node = SettingsNode.mapping(("name", .plain("a")), ("name", .plain("a")))
        let (value, messages) = reading(Section.self, node)
        #expect(value == nil)
        #expect(
            messages == ["test:2:1: error: \"name\" is given twice\n  hint: it stands already in line 1"]
        )
    }

    @Test func `a repeated key of a dictionary is an error`() {
        let (value, messages) = reading(
            [String: Int].self,
            .mapping(("a", .plain("1")), ("b", .plain("2")), ("a", .plain("3")))
        )
        #expect(value == nil)
        #expect(messages.count == 1)
    }

    @Test func `an unknown key without a near one is told what there is`() {
        let (_, messages) = reading(Section.self, .mapping(("name", .plain("a")), ("zzz", .plain("1"))))
        #expect(
            messages == [
                "test:2:1: error: unknown key \"zzz\"\n"
                    + "  hint: known here: color, count, labels, name, on, pause, ratio, tags, token"
            ]
        )
    }

    @Test func `what no field sees is checked last and only on sound values`() {
        #expect(
            reading(Section.self, .mapping(("name", .plain("forbidden")))).messages
                == ["test:1:1: error: this name is forbidden"]
        )
        #expect(
            reading(Section.self, .mapping(("name", .plain("forbidden")), ("count", .plain("x")))).messages
                == ["test:2:10: error: expected a whole number, found \"x\""]
        )
    }

    @Test func `the same fault read twice is reported once and stays a fault`() {
        var context = SettingsContext()
        let node = SettingsNode.mapping(("name", .plain("forbidden")))
        #expect(Section(node, &context) == nil)
        #expect(Section(node, &context) == nil)
        #expect(context.diagnostics.all.count == 1)
        #expect(context.diagnostics.errorReports == 2)
    }

    @Test(arguments: [SettingsNode.plain("x"), .list()]) func `only a mapping holds settings`(
        node: SettingsNode
    ) {
        let (value, messages) = reading(Section.self, node)
        #expect(value == nil)
        #expect(messages == ["test:1:1: error: expected a mapping of keys and values, found \(node.kind)"])
    }

    @Test func `nothing at all is an empty mapping`() {
        #expect(
            reading(Section.self, .nothing).messages
                == ["test:1:1: error: \"name\" is missing\n  hint: What it is called."]
        )
        #expect(reading([String: Int].self, .nothing).value == [:])
    }

    @Test func `a long or broken text is shortened in a message`() {
        let text = "two\nlines " + String(repeating: "x", count: 10_000)
        let (_, messages) = reading(Int.self, .plain(text))
        #expect(
            messages == [
                "test:1:1: error: expected a whole number, found \"two lines \(String(repeating: "x", count: 50))...\""
            ]
        )
    }
}
