import Glibc
import LookoutConfiguration
import LookoutModel
import LookoutProbes
import LookoutProbing
import LookoutRules
import LookoutSettings

/// The rule files of `Rules/`, and the checks of the deployment workflow to try them on.
struct ShippedRules {
    static let probes = [
        ("backend-health", "http"), ("api-cors", "cors"), ("chat-websocket", "websocket"),
        ("frontend", "page"),
    ]

    /// The package's root, also where the tests are built through a link.
    static let root: String = {
        let path = realpath(#filePath, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        return (path ?? #filePath).split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    }()

    static let fileNames = ["backend", "cors", "environment", "pages", "tls", "versions", "websocket"]

    static func scope(variables: [String: String] = [:]) -> RuleScope {
        RuleScope(
            types: ProbeRegistry.builtin.types.map { ProbeTypeFacts(name: $0.name, facts: $0.facts) },
            environments: ["production", "staging"].map { EnvironmentFacts(name: $0, variables: variables) },
            checks: ["production", "staging"].flatMap { environment in
                probes.map { RuleFixture.check(environment, $0.0, type: $0.1) }
            }
        )
    }

    typealias Compilation = (rules: RuleSet?, diagnostics: Diagnostics)

    /// Compiled once, for all tests without variables.
    private static let compiled = Result { try compileFiles(variables: [:]) }

    static func compile(variables: [String: String] = [:]) throws -> Compilation {
        try variables.isEmpty ? compiled.get() : compileFiles(variables: variables)
    }

    private static func compileFiles(variables: [String: String]) throws -> Compilation {
        let files = try fileNames.map { name in
            let document = try YAMLReader(file: "\(root)/Rules/\(name).yaml").readFile().get()
            return RuleFile(node: document.root, source: document.source)
        }
        return RuleCompiler(scope: scope(variables: variables)).compile(files)
    }

    static func engine(variables: [String: String] = [:]) throws -> RuleEngine {
        let (rules, diagnostics) = try compile(variables: variables)
        guard let rules else { throw diagnostics }
        return RuleEngine(rules: rules, scope: scope(variables: variables))
    }

    /// Which rules hold and are explained by no other, with their severity, and which failed, over one
    /// round of all checks.
    struct Round: Equatable {
        var holds: [String: Int] = [:]
        var errors: [String] = []
    }

    /// Judges one sample for each check of an environment.
    static func judge(
        _ samples: [String: Sample],
        in environment: String,
        by engine: inout RuleEngine
    ) -> Round {
        var round = Round()
        var parents: [String: [String]] = [:]
        for (probe, type) in probes {
            guard let sample = samples[probe] else { continue }
            let check = RuleFixture.check(environment, probe, type: type)
            for judgement in engine.observe(sample, of: check, at: RuleFixture.now) {
                switch judgement.outcome {
                case .holds(let severity):
                    round.holds[judgement.alert.rule] = severity.rawValue
                    parents[judgement.alert.rule] = judgement.parents
                case .error(let words): round.errors.append(words)
                case .clear, .noData, .hold: break
                }
            }
        }
        let holding = Set(round.holds.keys)
        round.holds = round.holds.filter { holding.isDisjoint(with: parents[$0.key] ?? []) }
        return round
    }
}
