import Foundation
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutRules

/// The rules of a folder, judging one check's samples as they come.
struct RuleTrial {
    private static let historyLength = 100

    private let example: RuleExample
    private let check: Check
    private var engine: RuleEngine
    private var sample: Sample
    private(set) var judgementCount = 0

    private static let scope = RuleScope(
        types: ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) },
        environments: ["production", "staging"].map { EnvironmentFacts(name: $0) },
        checks: Dictionary(grouping: RuleExample.all, by: \.probe).values.compactMap(\.first?.check)
    )

    init(_ example: RuleExample, folder: String) throws {
        self.example = example
        check = example.check
        engine = RuleEngine(rules: try Self.compile(folder: folder), scope: Self.scope)
        sample = example.sample(at: Timestamp(seconds: 1_790_000_000))
        for _ in 0..<Self.historyLength { judgementCount = observe().count }
    }

    /// Judges the check's next sample.
    mutating func observeNext() {
        precondition(observe().count == judgementCount, "the same rules judge every sample")
    }

    private mutating func observe() -> [Judgement] {
        sample.startedAt = sample.startedAt + check.interval
        let now = Moment(
            wall: sample.startedAt + sample.timings.total,
            monotonic: sample.startedAt - .epoch
        )
        return engine.observe(sample, of: check, at: now)
    }

    /// Reads and compiles all rule files of a folder.
    static func compile(folder: String) throws -> RuleSet {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".yaml")
        }
        let files = try names.sorted().map { name in
            let document = try YAMLReader(file: "\(folder)/\(name)").readFile().get()
            return RuleFile(node: document.root, source: document.source)
        }
        let (rules, diagnostics) = RuleCompiler(scope: scope).compile(files)
        guard let rules else { throw diagnostics }
        return rules
    }
}
