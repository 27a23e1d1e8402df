import ArgumentParser
import CELExchange
import LookoutModel

/// `lookout rules eval`: evaluates expressions, a line each.
struct RulesEvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Evaluates CEL expressions: typed on a terminal, or as JSON lines.",
        discussion: """
            On a terminal every line is an expression; `name = expression` keeps a value for later lines. \
            No variables of rules are known: bind what you need.

            Anything else is read as JSON lines. A request has the member `expr`, and may have `id`, \
            `bindings` {name: value}, `type_env` [{name, type} or {name, overloads: [{id, params, result, \
            member}]}], `container`, `disable_check`, `disable_macros` and `check_only`. Values are objects \
            of one member: {"null": null}, {"bool": true}, {"int": "1"}, {"uint": "1"}, {"double": "1.5"}, \
            {"string": "s"}, {"bytes": "base64"}, {"list": [value…]}, {"map": [[key, value]…]}, \
            {"type": "int"}, {"timestamp": {"seconds": "0", "nanos": 0}}, {"duration": {"seconds": "1", \
            "nanos": 0}}, {"optional": value or null}.

            Each line is answered by one line, in order: {"id", "value", "type"}, or {"id", "error": true, \
            "stage", "line", "column", "message", "type"}, where the stage is parse, check, eval, or \
            request for a line that is none. Empty lines are skipped.

            Exit codes: 0 when all lines are answered, also with errors; 65 if the input cannot be read.
            """
    )

    @Flag(help: "Read and write JSON lines, also on a terminal.")
    var json = false

    @Argument(help: "The file to read; standard input if there is none or it is -.")
    var file: String?

    func run() async throws {
        let input: InputLines
        do throws(InputLines.Failure) { input = try InputLines(file: file == "-" ? nil : file) } catch {
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode.dataError
        }
        do throws(InputLines.Failure) {
            if input.isTerminal, !json { try converse(input) } else { try answer(input) }
        } catch {
            StandardStreams.writeError("lookout: \(error)\n")
            throw ExitCode.dataError
        }
    }

    private func answer(_ input: consuming InputLines) throws(InputLines.Failure) {
        let session = ExchangeSession()
        while let line = try input.next() {
            switch line {
            case .text(let bytes) where bytes.allSatisfy(\.isBlank): continue
            case .text(let bytes): StandardStreams.write(session.answer(bytes) + "\n")
            case .tooLong: StandardStreams.write(session.answerToLongLine() + "\n")
            }
        }
    }

    private func converse(_ input: consuming InputLines) throws(InputLines.Failure) {
        var session = InteractiveSession()
        StandardStreams.write("CEL; name = expression keeps a value, control-D ends\n> ")
        while let line = try input.next() {
            if case .text(let bytes) = line {
                let answer = session.answer(String(decoding: bytes, as: UTF8.self))
                StandardStreams.write(answer.isEmpty ? "> " : "\(answer)\n> ")
            }
        }
        StandardStreams.write("\n")
    }
}

extension UInt8 {
    /// Whether the byte is white space of JSON.
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
