import CEL
import LookoutModel

/// Answers lines of JSON with lines of JSON, one each.
///
/// A request is an `ExpressionRequest`. The answer has the request's `id` and either `value` or `error`
/// with `stage` (`request` for a line that is none, else `parse`, `check` or `eval`), `message`, `line`
/// and `column`; and `type`, where the checker had no complaint.
package struct ExchangeSession: Sendable {
    /// Bytes that a line may have.
    package static let lineLimit = 16 << 20
    private static let depthLimit = 256

    package var evaluator = ExpressionEvaluator()
    /// Bytes that a value may have when written.
    private let answerLimit: Int

    package init(answerLimit: Int = 16 << 20) {
        self.answerLimit = answerLimit
    }

    /// The answer to a line, without a line end.
    package func answer(_ line: [UInt8]) -> String {
        let json: JSONValue
        do throws(JSONError) { json = try JSONValue(parsing: line, maximumDepth: Self.depthLimit) } catch {
            return failure(.null, .request, "the line is not JSON: \(error)")
        }
        let id = json["id"] ?? .null
        do throws(ExchangeError) {
            return answer(id, evaluator.evaluate(try ExpressionRequest(json)))
        } catch {
            return failure(id, .request, error.description)
        }
    }

    /// The answer to a line that was longer than `lineLimit`.
    package func answerToLongLine() -> String {
        failure(.null, .request, "the line is longer than \(Self.lineLimit) bytes")
    }

    private enum Stage: String {
        case request
        case parse
        case check
        case eval
    }

    private func answer(_ id: JSONValue, _ outcome: ExpressionEvaluator.Outcome) -> String {
        switch outcome {
        case .checked(let type): return line(["id": id, "type": .string(type.description)])
        case .value(let value, let type):
            do throws(ExchangeError) {
                let text = try value.exchangeText(limit: answerLimit)
                return line(["id": id, "type": type.json], value: text)
            } catch {
                return failure(id, .eval, error.description, at: TextPosition(line: 1, column: 1), type)
            }
        case .failed(let error, let type):
            return failure(id, .eval, error.message, code: error.code.rawValue, at: error.position, type)
        case .refused(let error):
            let stage: Stage = error.stage == .parse ? .parse : .check
            return failure(id, stage, error.issues[0].summary, at: error.issues[0].position)
        }
    }

    private func failure(
        _ id: JSONValue,
        _ stage: Stage,
        _ message: String,
        code: String? = nil,
        at position: TextPosition? = nil,
        _ type: ValueType? = nil
    ) -> String {
        line([
            "id": id, "error": true, "stage": .string(stage.rawValue), "message": .string(message),
            "code": code.map(JSONValue.string), "line": position.map { .int(Int64($0.line)) },
            "column": position.map { .int(Int64($0.column)) }, "type": type.json,
        ])
    }

    private static let order = ["id", "value", "error", "stage", "code", "line", "column", "message", "type"]

    /// An object of the members that are there, in a fixed order.
    private func line(_ members: [String: JSONValue?], value: String? = nil) -> String {
        let parts = Self.order.compactMap { name -> String? in
            if name == "value" { return value.map { "\"value\":\($0)" } }
            guard case let member?? = members[name] else { return nil }
            return "\"\(name)\":\(member.asciiText)"
        }
        return "{\(parts.joined(separator: ","))}"
    }
}

extension ValueType? {
    fileprivate var json: JSONValue? { map { .string($0.description) } }
}

extension JSONValue {
    /// The compact text, with what is not ASCII escaped; only strings can have such.
    fileprivate var asciiText: String {
        var text = ""
        for unit in jsonText.utf16 {
            if unit < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
        }
        return text
    }
}
