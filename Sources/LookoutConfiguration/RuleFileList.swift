import LookoutRules
import LookoutSettings

/// The rule files that a configuration names, each read once.
struct RuleFileList {
    /// In the order of the patterns, then of the alphabet.
    private(set) var paths: [String] = []
    private(set) var files: [RuleFile] = []

    /// Finds and reads the files; patterns without a file and files that cannot be read are reported.
    init(
        _ patterns: [Located<String>],
        in directory: ConfigurationDirectory,
        _ diagnostics: inout Diagnostics
    ) {
        for pattern in patterns {
            let matches = directory.paths(matching: pattern.value)
            if matches.isEmpty {
                diagnostics.error(
                    "no rule file matches \"\(pattern.value.shortened)\"",
                    at: pattern.position,
                    hint: "looked for \(directory.resolve(pattern.value))"
                )
            }
            for path in matches where !paths.contains(path) {
                paths.append(path)
                switch YAMLReader(file: path).readFile() {
                case .success(let document):
                    files.append(RuleFile(node: document.root, source: document.source))
                case .failure(let faults): diagnostics.add(contentsOf: faults)
                }
            }
        }
    }
}
