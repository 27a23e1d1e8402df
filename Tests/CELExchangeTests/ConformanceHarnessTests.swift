import CELExchange
import Foundation
import LookoutModel
import Testing

/// The conformance data sent through the exchange and judged by nothing but the answers' JSON, as a
/// harness outside of the project would.
@Suite struct `A harness` {
    @Test(arguments: ["cel-conformance.jsonl", "cel-check.jsonl"])
    func `finds the answers of the specification`(file: String) throws {
        guard let lines = try Self.lines(of: file) else {
            print("\(file) through the exchange: skipped, ../shared is not there")
            return
        }
        let session = ExchangeSession()
        var counts: [String: (passed: Int, all: Int)] = [:]
        for line in lines {
            let request = try JSONValue(parsing: line)
            let answer = try JSONValue(parsing: Array(session.answer(line).utf8))
            let kind = request["expect"]?["error"] == true ? "errors" : "values and types"
            counts[kind, default: (0, 0)].all += 1
            if let complaint = Self.complaint(answer, request) {
                Issue.record("\(request["id"]?.string ?? ""): \(complaint): \(answer.jsonText)")
            } else {
                counts[kind, default: (0, 0)].passed += 1
            }
        }
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(file) through the exchange, \(kind): \(count.passed)/\(count.all) passed")
        }
    }

    private static func complaint(_ answer: JSONValue, _ request: JSONValue) -> String? {
        guard let expect = request["expect"] else { return "the line has no expectation" }
        if answer["id"] != request["id"] { return "another id" }
        if let type = expect["deduced_type"], type != answer["type"] { return "another type" }
        if request["check_only"] == true { return nil }
        if expect["error"] == true { return answer["error"] == true ? nil : "no error" }
        guard let value = answer["value"] else { return "no value" }
        return areEqual(value, expect["value"] ?? ["bool": true]) ? nil : "another value"
    }

    /// Kinds must be the same; numbers are compared as such, and the order of maps is free.
    private static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard case .object(let leftMembers) = left, case .object(let rightMembers) = right,
            let (kind, leftContent) = leftMembers.first, let rightContent = rightMembers[kind]
        else { return false }
        switch (kind, leftContent, rightContent) {
        case ("double", .string(let left), .string(let right)):
            guard let left = Double(left), let right = Double(right) else { return false }
            return left == right || left.isNaN && right.isNaN
        case ("list", .array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { areEqual($0, $1) }
        case ("map", .array(let left), .array(let right)):
            return left.count == right.count
                && left.allSatisfy { entry in right.contains { areEqual(entry: entry, $0) } }
        case ("optional", .object, .object): return areEqual(leftContent, rightContent)
        default: return leftContent == rightContent
        }
    }

    private static func areEqual(entry: JSONValue, _ pair: JSONValue) -> Bool {
        guard case .array(let left) = entry, case .array(let right) = pair else { return false }
        return left.count == 2 && right.count == 2 && areEqual(left[0], right[0])
            && areEqual(left[1], right[1])
    }

    /// The lines of a file of the shared folder, nil where there is none.
    private static func lines(of file: String) throws -> [[UInt8]]? {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let root =
            ProcessInfo.processInfo.environment["LOOKOUT_SHARED"].map { URL(filePath: $0) }
            ?? tests.appending(path: "../../../shared").standardized
        let data = root.appending(path: "data/cel/\(file)")
        guard FileManager.default.fileExists(atPath: data.path) else { return nil }
        return try Data(contentsOf: data).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    }
}
