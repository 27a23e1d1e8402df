import FoundationEssentials
import LookoutTestSupport

/// A bare remote, a clone of it, and stubs of the programs that must not reach anybody; run with bash.
struct ScriptStage: Sendable {
    let folder: ScratchFolder
    private let bash: TestProgram

    /// Nil where bash or git is not installed.
    init?(_ name: String) throws {
        guard let bash = TestProgram(named: "bash"), TestProgram(named: "git") != nil else { return nil }
        self.bash = bash
        folder = try ScratchFolder(name)
        try folder.write("", to: "log")
        try FileManager.default.createDirectory(atPath: folder.file("bin"), withIntermediateDirectories: true)
        try folder.write(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" >>\"$STAGE/curl.log\"\nexit ${CURL_STATUS:-0}\n",
            to: "bin/curl"
        )
    }

    /// Runs lines of bash in a folder below the stage's; what they print, and their exit status.
    @discardableResult
    func run(
        _ lines: String,
        in place: String = ".",
        answers: String = ""
    ) throws -> (status: Int32, output: String) {
        try folder.write(answers, to: "answers")
        try folder.write(
            """
            export STAGE='\(folder.path)' HOME='\(folder.path)' PATH="\(folder.path)/bin:$PATH" LC_ALL=C
            export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
            chmod +x '\(folder.path)'/bin/*
            cd "$STAGE/\(place)" || exit 99
            exec <"$STAGE/answers"
            \(lines)
            """,
            to: "lines.sh"
        )
        let log = folder.file("output")
        try? FileManager.default.removeItem(atPath: log)
        let status = try bash.start([folder.file("lines.sh")], log: log).wait()
        return (status, try text("output"))
    }

    func text(_ file: String) throws -> String {
        guard FileManager.default.fileExists(atPath: folder.file(file)) else { return "" }
        return String(decoding: try Data(contentsOf: URL(filePath: folder.file(file))), as: UTF8.self)
    }

    /// The script in a file, as a person would run it.
    func runScript(
        _ script: String,
        in place: String,
        answers: String,
        environment: String = ""
    ) throws -> (
        status: Int32, output: String
    ) {
        try folder.write(script, to: "script.sh")
        return try run("\(environment) bash \"$STAGE/script.sh\"", in: place, answers: answers)
    }
}
