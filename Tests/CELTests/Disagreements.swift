import CEL
import Foundation
import LookoutModel

/// A line on which cel-go and cel-cpp differ, with the choice that we made.
struct Disagreement {
    /// Whose answer is ours.
    enum Choice: String {
        case celGo = "cel-go"
        case celCpp = "cel-cpp"
        /// Neither: an error.
        case error
    }

    let line: ConformanceCase
    let choice: Choice

    /// The line with the expectation of the engine that we follow.
    var expected: ConformanceCase {
        get throws {
            var line = line
            switch choice {
            case .celGo: break
            case .celCpp:
                if let value = line.celCpp?["value"] {
                    line.expect = .init(value: value)
                } else {
                    line.expect = .init(isError: true)
                }
            case .error: line.expect = .init(isError: true)
            }
            return line
        }
    }

    /// All lines; a line without a choice is an error.
    static func all() throws -> [Disagreement] {
        let file = SharedData.folder.appending(path: "Resources/disagreement-choices.tsv")
        var choices: [String: Choice] = [:]
        for row in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        where !row.hasPrefix("#") {
            let columns = row.split(separator: "\t").map(String.init)
            choices[columns[0]] = Choice(rawValue: columns[1])
        }
        return try SharedData.own("cel-disagreements.jsonl").map { line in
            guard let choice = choices[line.id] else { throw MissingChoice(id: line.id) }
            return Disagreement(line: line, choice: choice)
        }
    }

    struct MissingChoice: Error {
        let id: String
    }
}
