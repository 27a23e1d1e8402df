import CEL
import CELExchange
import Foundation
import Testing

/// The data of the specification and our own, with the lines known to fail written down.
@Suite struct `The conformance data` {
    @Test(arguments: ["cel-conformance.jsonl", "cel-check.jsonl"])
    func `of the specification passes`(file: String) throws {
        guard let lines = try SharedData.shared(file) else {
            print("\(file): skipped, ../shared is not there")
            return
        }
        try verify(lines, of: file, ConformanceRunner())
    }

    @Test func `of our supplement passes`() throws {
        let lines = try SharedData.own("cel-supplement.jsonl")
        try verify(lines, of: "cel-supplement.jsonl", ConformanceRunner(fixture: .supplement))
    }

    @Test func `on which other engines differ is answered as we chose`() throws {
        let lines = try Disagreement.all().map { try $0.expected }
        try verify(lines, of: "cel-disagreements.jsonl", ConformanceRunner(fixture: .supplement))
    }

    private func verify(
        _ lines: [ConformanceCase],
        of file: String,
        _ runner: ConformanceRunner
    ) throws {
        let known = try KnownFailures.read()
        var failures: [String: String] = [:]
        for line in lines {
            if let complaint = try runner.complaint(line) {
                failures[line.id] = "\(line.request.expression)\n    \(complaint)"
            }
        }
        print("\(file): \(lines.count - failures.count)/\(lines.count) passed")
        for (id, complaint) in failures.sorted(by: { $0.key < $1.key }) where !known.contains(id) {
            Issue.record("\(id): \(complaint)")
        }
        let recovered = lines.map(\.id).filter { known.contains($0) && failures[$0] == nil }
        #expect(recovered.isEmpty, "these pass now; take them out of KnownFailures.txt")
    }
}

/// The identifiers of lines that are known to fail, one to a line.
enum KnownFailures {
    static func read() throws -> Set<String> {
        let file = SharedData.folder.appending(path: "KnownFailures.txt")
        let text = try String(contentsOf: file, encoding: .utf8)
        return Set(text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
    }
}
