import LookoutModel
import LookoutSettings
import Testing

@Suite struct `Variables in settings` {
    static let variables = [
        "backend": "https://b.example", "port": "80", "nested": "${port}", "": "empty name",
    ]

    @Test(
        arguments: [
            ("plain", "plain"), ("${backend}/health", "https://b.example/health"), ("${port}${port}", "8080"),
            ("a$b", "a$b"), ("$", "$"), ("$$", "$$"), ("$(x)", "$(x)"), ("cost: 5$", "cost: 5$"),
            ("$${port}", "${port}"), ("$${", "${"), ("$$${port}", "$${port}"), ("x${nested}y", "x${port}y"),
            ("{port}", "{port}"), ("é${port}é", "é80é"),
        ]
    )
    func `a variable is filled in once`(text: String, expected: String) {
        #expect(reading(String.self, .plain(text), variables: Self.variables).value == expected)
    }

    @Test func `a variable that is not set is reported with the environment and the nearest name`() {
        let (value, messages) = reading(
            String.self,
            .plain("${bakend}:${prot}"),
            variables: Self.variables,
            environment: "staging"
        )
        #expect(value == nil)
        #expect(
            messages == [
                "test:1:1: error: variable \"bakend\" is not set in environment staging\n"
                    + "  hint: did you mean \"backend\"?",
                "test:1:1: error: variable \"prot\" is not set in environment staging\n  hint: did you mean \"port\"?",
            ]
        )
    }

    @Test func `outside of an environment there are no variables`() {
        #expect(
            reading(String.self, .plain("${a}")).messages == [
                "test:1:1: error: variable \"a\" is not set\n"
                    + "  hint: variables belong to an environment; there is none here"
            ]
        )
    }

    @Test func `an environment variable is offered only where a secret goes`() {
        #expect(
            reading(String.self, .plain("${env:HOME}"), variables: ["a": "b"]).messages == [
                "test:1:1: error: variable \"env:HOME\" is not set\n"
                    + "  hint: only a secret may come from outside; put it where a secret goes, as {env: NAME}"
            ]
        )
    }

    @Test(arguments: ["${", "${port", "a${b${"]) func `an open brace must be closed`(text: String) {
        let (value, messages) = reading(String.self, .plain(text), variables: Self.variables)
        #expect(value == nil)
        #expect(messages == ["test:1:1: error: \"${\" is never closed\n  hint: write $${ for a literal ${"])
    }
}
