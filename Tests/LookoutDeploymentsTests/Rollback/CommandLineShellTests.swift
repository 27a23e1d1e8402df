import LookoutDeployments
import LookoutTestSupport
import Testing

@Suite struct CommandLineShellTests {
    @Test func `A plain word needs no quotes`() {
        #expect(CommandLine("git", ["push", "origin", "a1:main"]).shellText == "git push origin a1:main")
    }

    @Test func `A variable of the command is filled in and every other dollar is not`() {
        let command = CommandLine(
            "curl",
            ["-H", "Authorization: Bearer $NETLIFY_TOKEN", "$HOME", "$NETLIFY_TOKENS", #"{"value":"$OLD"}"#],
            variables: ["NETLIFY_TOKEN", "OLD"]
        )
        #expect(
            command.shellText
                == #"curl -H "Authorization: Bearer $NETLIFY_TOKEN" '$HOME' '$NETLIFY_TOKENS' '{"value":"'"$OLD"'"}'"#
        )
    }

    @Test func `A line of a command never holds what a terminal would act on`() {
        let text = CommandLine("echo", ["\u{1B}[2J", "a\nb", "\u{202E}x", "\u{2028}"]).shellText
        #expect(text == #"echo $'\033[2J' $'a\012b' $'\342\200\256x' $'\342\200\250'"#)
    }

    @Test func `A variable without a value is no command`() {
        #expect(CommandLine("curl", ["$TOKEN"], variables: ["TOKEN"]).arguments(with: [:]) == nil)
        #expect(
            CommandLine("curl", ["$TOKEN", "$X"], variables: ["TOKEN"]).arguments(with: ["TOKEN": "$X"]) == [
                "$X", "$X",
            ]
        )
    }

    /// The shell gives back what went in, whatever it is.
    @Test(.enabled(if: TestProgram(named: "bash") != nil, "bash is not installed"))
    func `Bash reads the arguments as they were`() async throws {
        let stage = try #require(try ScriptStage("quoting"))
        defer { stage.folder.remove() }
        let alphabet =
            Array("ab$`\"'\\!~=*?[]{}()<>|&;# \t\n\r\u{1B}\u{7F}é→\u{202E}%-@^,:./").map(String.init)
            + ["$TOKEN", "$TOKENS", "${TOKEN}"]
        await checkAll(cases: 40) { generator in
            let arguments = (0..<12).map { _ in
                (0..<Int.random(in: 0...8, using: &generator))
                    .map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
            }
            let command = CommandLine("print", arguments, variables: ["TOKEN"])
            let result = try stage.run(
                #"TOKEN='a b"$X'; print() { printf '%s\0' "$@"; }"# + "\n" + command.shellText
            )
            let expected = try #require(command.arguments(with: ["TOKEN": #"a b"$X"#]))
            try #require(result.output == expected.map { $0 + "\0" }.joined(), "\(command.shellText)")
        }
    }
}
