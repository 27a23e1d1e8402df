import CEL
import CELExchange
import LookoutModel

/// A line of the conformance data, see its README for the format.
struct ConformanceCase {
    struct Expectation {
        var value: JSONValue?
        var isError = false
        var stage: String?
        var places: [TextPosition] = []
        var deducedType: String?
    }

    let id: String
    let request: ExpressionRequest
    var expect: Expectation
    /// What cel-cpp answers, in the files of our own.
    let celCpp: JSONValue?

    init(_ line: JSONValue) throws {
        id = line["id"]?.string ?? ""
        request = try ExpressionRequest(line)
        celCpp = line["cel_cpp"]
        expect = Expectation(line["expect"] ?? .null)
    }
}

extension ConformanceCase.Expectation {
    init(_ json: JSONValue) {
        value = json["value"]
        isError = json["error"] == true
        stage = json["stage"]?.string
        deducedType = json["deduced_type"]?.string
        guard case .array(let issues)? = json["issues"] else { return }
        places = issues.compactMap { issue in
            guard case .int(let line)? = issue["line"], case .int(let column)? = issue["column"] else {
                return nil
            }
            return TextPosition(line: Int(line), column: Int(column))
        }
    }
}
