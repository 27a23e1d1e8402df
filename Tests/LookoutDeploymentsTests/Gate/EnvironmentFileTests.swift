import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct `Files of variables` {
    private func read(_ text: String) throws -> [String: String] {
        let variables = try EnvironmentFile(Array(text.utf8)).variables
        return Dictionary(uniqueKeysWithValues: variables.map { ($0.name, $0.value?.reveal() ?? "<none>") })
    }

    @Test(
        arguments: [
            ("A=1", ["A": "1"]), ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]), ("\u{FEFF}A=1", ["A": "1"]),
            ("export A=1", ["A": "1"]), ("export=1", ["export": "1"]), ("  A = 1  # why", ["A": "1"]),
            ("# A=1\n\n   \nB=2", ["B": "2"]), ("A=a#b", ["A": "a#b"]), ("A= # nothing", ["A": ""]),
            ("A=", ["A": ""]), ("A=\nB=2", ["A": "", "B": "2"]), ("A=a b  c ", ["A": "a b  c"]),
            ("A=\"a # b\" # c", ["A": "a # b"]), ("A='a\\n$B'", ["A": "a\\n$B"]),
            (#"A="a\n\t\"b\"\\ \$C \q""#, ["A": "a\n\t\"b\"\\ $C \\q"]),
            ("A=\"one\ntwo\"\nB=2", ["A": "one\ntwo", "B": "2"]),
            ("A='one\r\ntwo'", ["A": "one\ntwo"]), ("A=1\nA=2", ["A": "2"]), ("A=x=y==", ["A": "x=y=="]),
            ("A=$(rm -rf /)`id`", ["A": "$(rm -rf /)`id`"]), ("A=ü€", ["A": "ü€"]), ("", [:]),
            ("A=1\rB=2", ["A": "1", "B": "2"]),
        ] as [(String, [String: String])]
    )
    func `a text says what its author meant`(text: String, variables: [String: String]) throws {
        #expect(try read(text) == variables)
    }

    @Test(
        arguments: [
            ("A", 1, 2, "\"=\" is expected after A"), ("1A=1", 1, 1, "a name is expected"),
            ("A=1\nB-C=2", 2, 1, "a name is expected"), ("A=\"never", 1, 3, "never closed"),
            ("X=1\n  A='never\nB=2", 2, 5, "never closed"), ("A=\"a\"b", 1, 6, "nothing but a comment"),
            ("export 9=1", 1, 8, "a name is expected"), ("=1", 1, 1, "a name is expected"),
        ]
    )
    func `what is not understood has its place`(text: String, line: Int, column: Int, message: String) throws
    {
        let fault = #expect(throws: EnvironmentFile.Fault.self) { try EnvironmentFile(Array(text.utf8)) }
        #expect(fault?.line == line)
        #expect(fault?.column == column)
        #expect(fault?.message.contains(message) == true)
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: EnvironmentFile.Fault.self) { try EnvironmentFile([0x41, 0x3D, 0xFF]) }
    }

    @Test func `names that stand twice are told of`() throws {
        let file = try EnvironmentFile(Array("A=1\nB=1\nA=2\nA=3".utf8))
        #expect(file.repeated == ["A"])
        #expect(file.variables.map(\.name) == ["A", "B"])
    }

    @Test func `a value that is quoted is read back`() async {
        let scalars: [Unicode.Scalar] = [
            "a", " ", "#", "\"", "'", "\\", "$", "\n", "\r", "\t", "=", "é", "`", "1",
        ]
        await checkAll(cases: 500) { random in
            var value = ""
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                value.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a")
            }
            try #require(try read("A=\(EnvironmentFile.quoted(value))\nB=1") == ["A": value, "B": "1"])
        }
    }

    @Test(
        arguments: [
            (#"{"A":"1","DEBUG":false,"N":3}"#, ["A": "1", "DEBUG": "false", "N": "3"]),
            (#" [{"key":"A","value":"1"},{"key":"S"}]"#, ["A": "1", "S": "<none>"]), ("{}", [:]),
        ] as [(String, [String: String])]
    )
    func `JSON is read where the file is JSON`(text: String, variables: [String: String]) throws {
        let folder = try ScratchFolder("variables")
        defer { folder.remove() }
        try folder.write(text, to: "v.json")
        let found = try VariableFile(folder.file("v.json")).read()
        #expect(
            Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.value?.reveal() ?? "<none>") })
                == variables
        )
    }

    @Test(
        arguments: [
            (#"{"A":{"b":"s3cret"}}"#, "the value of A must be a string"),
            (#"{"a b":"s3cret"}"#, "is not the name"),
            (#"{"A":"s3cret""#, "is no JSON"), (#"[{"value":"s3cret"}]"#, "must have a \"key\""),
            ("A=\"s3cret", ":1:3: this quote"),
        ]
    )
    func `a fault names the file and no value`(text: String, message: String) throws {
        let folder = try ScratchFolder("variables")
        defer { folder.remove() }
        try folder.write(text, to: "v")
        let failure = #expect(throws: ProviderFailure.self) { try VariableFile(folder.file("v")).read() }
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains(folder.file("v")) == true)
        #expect(failure?.message.contains("s3cret") == false)
    }

    @Test func `what is no file, or too large a one, is refused`() throws {
        let folder = try ScratchFolder("variables")
        defer { folder.remove() }
        #expect(throws: ProviderFailure.self) { try VariableFile(folder.path).read() }
        let absent = #expect(throws: ProviderFailure.self) { try VariableFile(folder.file("none")).read() }
        #expect(absent?.code == "not_found")
        try folder.write(String(repeating: "#", count: VariableFile.limit + 1), to: "large")
        let large = #expect(throws: ProviderFailure.self) { try VariableFile(folder.file("large")).read() }
        #expect(large?.message.contains("larger than 1024 KiB") == true)
    }
}
