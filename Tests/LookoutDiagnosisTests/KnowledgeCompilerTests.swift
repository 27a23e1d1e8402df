import LookoutDeployments
import LookoutDiagnosis
import LookoutModel
import Testing

@Suite struct KnowledgeCompilerTests {
    @Test(arguments: [
        ("needs: ofline", "0.yaml:4:12: undeclared reference to 'ofline'"),
        ("needs: backend.plann == ''", "0.yaml:4:19: undefined field 'plann'"),
        ("needs: seen.backend_silnt", "0.yaml:4:16: undefined field 'backend_silnt'"),
        ("needs: backend.plan", "0.yaml:4:19: expected type 'bool' but found 'string'"),
        ("needs: check(1).ok", "0.yaml:4:"),
        ("needs: sample.ok", "0.yaml:4:12: undeclared reference to 'sample'"),
    ])
    func `A mistake in a condition is shown at its place`(_ line: String, _ expected: String) throws {
        let (knowledge, errors) = try KnowledgeFixture.compile(KnowledgeFixture.cause("a", "title: t", line))
        #expect(knowledge == nil)
        #expect(errors.first?.hasPrefix(expected) == true, "\(errors)")
    }

    @Test(arguments: [
        (["title: t"], "\"needs\" is missing"), (["needs: 'true'"], "\"title\" is missing"),
        (["title: '{{ x'", "needs: 'true'"], "never closed"),
        (["title: t", "needs: 'true'", "prior: 0"], "a prior is above 0"),
        (["title: t", "needs: 'true'", "remedy: rolback-code"], "is no remedy"),
        (
            ["title: t", "needs: 'true'", "evidence: [{when: 'true', weight: 0.5, text: x}]"],
            "a weight is above 1"
        ),
        (["title: t", "needs: 'true'", "evidence: [{when: 'true', weight: 5}]"], "\"text\" is missing"),
        (["title: t", "needs: 'true'", "evidense: []"], "unknown key \"evidense\""),
        (["title: t", "needs: 'true'", "enabled: false"], "a cause that is not enabled has no effect"),
        (["title: t", "needs: 'true'", "fixes: [{text: '{{ item }}'}]"], "undeclared reference to 'item'"),
    ])
    func `A cause that is not whole is refused`(_ lines: [String], _ expected: String) throws {
        let text = "causes:\n  - id: a\n" + lines.map { "    \($0)\n" }.joined()
        let (knowledge, errors) = try KnowledgeFixture.compile(text)
        #expect(knowledge == nil)
        #expect(errors.contains { $0.hasPrefix("0.yaml:") && $0.contains(expected) }, "\(errors)")
    }

    @Test func `All mistakes of all files are shown at once`() throws {
        let (_, errors) = try KnowledgeFixture.compile(
            KnowledgeFixture.cause("a", "title: t", "needs: nope"),
            KnowledgeFixture.cause("b", "title: '{{ nope }}'", "needs: nope")
        )
        #expect(errors.map { $0.prefix(6) } == ["0.yaml", "1.yaml", "1.yaml"])
    }

    @Test func `A name is given once, unless one says that it replaces the other`() throws {
        let twice = try KnowledgeFixture.compile(KnowledgeFixture.cause("a"), KnowledgeFixture.cause("a"))
        #expect(twice.errors.first?.contains("the cause \"a\" is already there") == true)
        let replaced = try KnowledgeFixture.compile(
            KnowledgeFixture.cause("a"),
            KnowledgeFixture.cause("a", "title: ours", "needs: 'true'", "replaces: true")
        )
        #expect(replaced.knowledge?.diagnoses(of: SymptomFixture.healthy).map(\.title) == ["ours"])
        let nothing = try KnowledgeFixture.compile(
            KnowledgeFixture.cause("a", "title: ours", "needs: 'true'", "replaces: true")
        )
        #expect(nothing.errors == ["0.yaml:2:5: there is no cause \"a\" to replace"])
    }

    @Test func `A team switches a cause off and adds one, with the facts of the other file`() throws {
        let first = "facts:\n  - {name: quiet, when: '!offline'}\n" + KnowledgeFixture.cause("a")
        let second = """
            causes:
              - {id: a, replaces: true, enabled: false}
              - {id: ours, title: "it is {{ seen.quiet }}", needs: seen.quiet}
            """
        for texts in [(first, second), (second, first)] {
            let (knowledge, errors) = try KnowledgeFixture.compile(texts.0, texts.1)
            #expect(errors == [])
            #expect(knowledge?.diagnoses(of: SymptomFixture.healthy).map(\.title) == ["it is true"])
        }
    }

    @Test func `A fact that is given twice is refused`() throws {
        let file = "facts:\n  - {name: quiet, when: '!offline'}\n" + KnowledgeFixture.cause("a")
        let other = "facts:\n  - {name: quiet, when: offline}\n" + KnowledgeFixture.cause("b")
        #expect(try KnowledgeFixture.compile(file, other).errors.first?.contains("is already there") == true)
    }

    @Test func `Rule files among the files are left to the rules`() throws {
        let (knowledge, errors) = try KnowledgeFixture.compile(
            "groups: [{nonsense: 1}]",
            KnowledgeFixture.cause("a")
        )
        #expect(errors == [])
        #expect(knowledge?.causeNames == ["a"])
    }
}
