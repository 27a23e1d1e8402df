import LookoutConfiguration
import LookoutModel
import LookoutRules
import LookoutSettings

/// Makes a file of tests of its settings: names are looked up, rules compiled, series read.
struct RuleTestFileBuilder {
    let path: String
    let settings: RuleTestFileSettings
    let placement: ScalarPlacement
    let types: [ProbeTypeFacts]
    var diagnostics: Diagnostics
    private var configuration: Configuration?
    private var rules: [String: SourcePosition] = [:]

    init(
        path: String,
        settings: RuleTestFileSettings,
        placement: ScalarPlacement,
        types: [ProbeTypeFacts],
        diagnostics: Diagnostics
    ) {
        self.path = path
        self.settings = settings
        self.placement = placement
        self.types = types
        self.diagnostics = diagnostics
    }

    /// The tests, as far as they can be made; what is wrong is in `diagnostics`.
    mutating func file(_ configuration: Configuration?) -> RuleTestFile {
        self.configuration = configuration
        let files = ruleFiles(configuration)
        if settings.tests.isEmpty {
            diagnostics.error("there is no test", at: SourcePosition(file: path, line: 1, column: 1))
        }
        guard let compiled = compile(files) else { return RuleTestFile(path: path, tests: [], rules: [:]) }
        var tests: [RuleTest] = []
        var names: [String: Int] = [:]
        for (index, test) in settings.tests.enumerated() where test.isSound {
            var builder = RuleTestBuilder(
                file: settings,
                test: test.settings,
                name: test.settings.name?.text ?? "unnamed#\(index + 1)",
                position: test.position,
                scene: RuleTestScene(
                    path: path,
                    placement: placement,
                    types: types,
                    configuration: configuration,
                    ruleFiles: files,
                    rules: compiled
                )
            )
            if let first = names.updateValue(test.position.line, forKey: builder.name) {
                diagnostics.error(
                    "there are two tests \"\(builder.name.shortened)\"",
                    at: test.position,
                    hint: "the first is in line \(first)"
                )
            }
            let built = builder.build()
            diagnostics.add(contentsOf: builder.diagnostics)
            rules.merge(builder.rules) { first, _ in first }
            if let built { tests.append(built) }
        }
        checkGroups(files)
        return RuleTestFile(path: path, tests: tests, rules: rules)
    }

    /// The rules, compiled once for all tests: which checks there are changes only warnings.
    private mutating func compile(_ files: [RuleFile]) -> RuleSet? {
        let result = RuleCompiler(scope: RuleScope(types: types, environments: [], checks: [])).compile(files)
        for error in result.diagnostics.errors { diagnostics.add(error) }
        return result.rules
    }

    /// The rule files of the test file, else those of the configuration.
    private mutating func ruleFiles(_ configuration: Configuration?) -> [RuleFile] {
        if let patterns = settings.ruleFiles {
            return files(RuleFileList(patterns, besideFile: path))
        }
        guard let configuration else {
            diagnostics.error(
                "\"rule_files\" is missing",
                at: SourcePosition(file: path, line: 1, column: 1),
                hint: "name the rule files, or a config that has them"
            )
            return []
        }
        return files(RuleFileList(configuration.ruleFiles))
    }

    private mutating func files(_ list: RuleFileList) -> [RuleFile] {
        diagnostics.add(contentsOf: list.diagnostics)
        return list.files
    }

    /// Each group of `group_eval_order` is there, and named once.
    private mutating func checkGroups(_ files: [RuleFile]) {
        guard !settings.groupOrder.isEmpty else { return }
        var context = SettingsContext()
        let groups = files.flatMap {
            RuleFileSettings.readable($0.node, &context).settings.groups.map(\.settings.name)
        }
        var seen: Set<String> = []
        for name in settings.groupOrder {
            if !seen.insert(name.text).inserted {
                diagnostics.error("the group \"\(name.text.shortened)\" is named twice", at: name.position)
            }
            if !groups.contains(name.text) {
                diagnostics.error(
                    "there is no group \"\(name.text.shortened)\"",
                    at: name.position,
                    hint: Spelling.hint(for: name.text, among: groups)
                )
            }
        }
    }
}

/// What all tests of a file have in common.
struct RuleTestScene {
    let path: String
    let placement: ScalarPlacement
    let types: [ProbeTypeFacts]
    let configuration: Configuration?
    let ruleFiles: [RuleFile]
    let rules: RuleSet

    /// The place of a character of a text of the file.
    func position(of offset: Int, in text: PlainText) -> SourcePosition {
        placement.position(of: offset, in: SourceText(text.text, at: text.position))
    }
}
