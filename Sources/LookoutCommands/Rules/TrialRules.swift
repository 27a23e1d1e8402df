import ArgumentParser
import LookoutConfiguration
import LookoutRules
import LookoutSettings

/// The rules of given files, on trial in place of those of the configuration that they stand for.
struct TrialRules {
    /// Some of the rules of some files.
    private struct Selection {
        let files: [RuleFile]
        var rules: RuleSet

        /// The same rules, compiled once more.
        func remade(_ scope: RuleScope) -> RuleSet {
            let ids = Set(rules.rules.map(\.id))
            return RuleCompiler(scope: scope).compile(files).rules?.filter { ids.contains($0.id) } ?? rules
        }
    }

    private let scope: RuleScope
    private var trial: Selection
    private var present: Selection

    var rules: RuleSet { trial.rules }
    /// The rules in force that the trial is about: those with the same ids, and the others of their files.
    var replaced: RuleSet { present.rules }

    /// Compiles the files against a configuration; says what is wrong and ends with 78 if anything is.
    ///
    /// Without files the rules in force are on trial themselves.
    init(_ paths: [String], for configuration: Configuration) throws {
        scope = configuration.ruleScope
        let inForce = RuleFileList(configuration.ruleFiles).files
        present = Selection(files: inForce, rules: configuration.rules)
        trial = present
        guard !paths.isEmpty else { return }
        let alone = RuleFileList(paths)
        var (compiled, diagnostics, files) = Self.compile(alone, scope)
        if diagnostics.hasErrors {
            // They may depend on rules of files that are not to be changed.
            let names = Set(alone.paths.map(Self.name))
            let others = configuration.ruleFiles.filter { !names.contains(Self.name(of: $0)) }
            let together = Self.compile(RuleFileList(alone.paths + others), scope)
            if !together.diagnostics.hasErrors { (compiled, diagnostics, files) = together }
        }
        for diagnostic in diagnostics.errors { StandardStreams.writeError(diagnostic.rendered + "\n") }
        guard let compiled, !diagnostics.hasErrors else {
            let count = diagnostics.errors.count
            StandardStreams.writeError("\(count) \(count == 1 ? "error" : "errors")\n")
            throw ExitCode.configuration
        }
        let given = Set(alone.paths)
        trial = Selection(files: files, rules: compiled.filter { given.contains($0.position.file) })
        let ids = Set(trial.rules.rules.map(\.id))
        let replacedFiles = Set(
            configuration.rules.rules.filter { ids.contains($0.id) }.map(\.position.file)
        )
        present.rules = configuration.rules.filter { replacedFiles.contains($0.position.file) }
    }

    /// Only the rules with these ids; ends with 64 for one that neither side has.
    func keeping(_ ids: [String]) throws -> TrialRules {
        guard !ids.isEmpty else { return self }
        let known = Set((rules.rules + replaced.rules).map(\.id))
        for id in ids where !known.contains(id) {
            let hint = Spelling.hint(for: id, among: known.sorted()).map { "; \($0)" } ?? ""
            throw ValidationError("there is no rule \"\(id)\"\(hint)")
        }
        var kept = self
        kept.trial.rules = rules.filter { ids.contains($0.id) }
        kept.present.rules = replaced.filter { ids.contains($0.id) }
        return kept
    }

    /// The same rules as objects of their own.
    func remade() -> (rules: RuleSet, replaced: RuleSet) {
        (trial.remade(scope), present.remade(scope))
    }

    private static func compile(
        _ list: RuleFileList,
        _ scope: RuleScope
    ) -> (rules: RuleSet?, diagnostics: Diagnostics, files: [RuleFile]) {
        let (rules, findings) = RuleCompiler(scope: scope).compile(list.files)
        var diagnostics = list.diagnostics
        diagnostics.add(contentsOf: findings)
        return (rules, diagnostics, list.files)
    }

    private static func name(of path: String) -> Substring {
        path.split(separator: "/").last ?? ""
    }
}
