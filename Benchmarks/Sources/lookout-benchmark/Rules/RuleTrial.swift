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

    static let scope = RuleScope(
        types: ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) },
        environments: ["production", "staging"].map { EnvironmentFacts(name: $0) },
        checks: Dictionary(grouping: RuleExample.all, by: \.probe).values.compactMap(\.first?.check)
    )

    /// - Parameters:
    ///   - example: what the samples show.
    ///   - rules: what they are judged by.
    ///   - isStored: whether the samples come from the store, as in a backtest.
    init(_ example: RuleExample, _ rules: RuleSet, isStored: Bool = false) {
        self.example = example
        check = example.check
        engine = RuleEngine(rules: rules, scope: Self.scope)
        let start = Timestamp(seconds: 1_790_000_000)
        sample = example.sample(at: start, isStored: isStored)
        // Rules about the whole environment wait until each check has had a sample.
        for other in RuleExample.all {
            _ = engine.observe(
                other.sample(at: start),
                of: other.check,
                at: Moment(wall: start, monotonic: .zero)
            )
        }
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

    /// Compiles the text of one rule file.
    static func compile(text: String) throws -> RuleSet {
        let node = try YAMLReader(file: "rules.yaml").read(Array(text.utf8)).get().root
        return try compile([RuleFile(node: node, source: text)], scope)
    }

    /// Reads and compiles all rule files of a folder.
    static func compile(folder: String, scope: RuleScope = scope) throws -> RuleSet {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".yaml")
        }
        return try compile(
            names.sorted().map { name in
                let document = try YAMLReader(file: "\(folder)/\(name)").readFile().get()
                return RuleFile(node: document.root, source: document.source)
            },
            scope
        )
    }

    private static func compile(_ files: [RuleFile], _ scope: RuleScope) throws -> RuleSet {
        let (rules, diagnostics) = RuleCompiler(scope: scope).compile(files)
        guard let rules else { throw diagnostics }
        return rules
    }
}
