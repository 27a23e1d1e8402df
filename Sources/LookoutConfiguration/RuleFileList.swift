import Glibc
package import LookoutRules
package import LookoutSettings

/// Rule files, each read once however often it is named.
package struct RuleFileList {
    /// In the order in which they were named; those of one pattern in that of the alphabet.
    package private(set) var paths: [String] = []
    package private(set) var files: [RuleFile] = []
    /// What stood in the files that could be read as YAML.
    package private(set) var texts: [FileText] = []
    /// Files that cannot be read, and what is no YAML in them.
    package private(set) var diagnostics = Diagnostics()
    /// Where the files really are, whatever links lead there.
    private var places: Set<String> = []

    /// Reads the files.
    package init(_ paths: [String]) {
        for path in paths { add(path) }
    }

    /// The same for patterns that begin at the directory of a file, such as a test's.
    package init(_ patterns: [Located<String>], besideFile path: String) {
        self.init(patterns, in: ConfigurationDirectory(ofFile: path))
    }

    /// Finds and reads the files that match patterns; a pattern without a file is reported.
    init(_ patterns: [Located<String>], in directory: ConfigurationDirectory) {
        for pattern in patterns {
            let matches = directory.paths(matching: pattern.value)
            if matches.isEmpty {
                diagnostics.error(
                    "no rule file matches \"\(pattern.value.shortened)\"",
                    at: pattern.position,
                    hint: "looked for \(directory.resolve(pattern.value))"
                )
            }
            for path in matches { add(path) }
        }
    }

    /// Takes files as they were read earlier, whatever has become of them.
    init(_ texts: [FileText]) {
        for text in texts { add(text.path, YAMLReader(file: text.path).read(Array(text.text.utf8))) }
    }

    private mutating func add(_ path: String) {
        guard places.insert(Self.place(of: path)).inserted else { return }
        add(path, YAMLReader(file: path).readFile())
    }

    private mutating func add(_ path: String, _ result: Result<YAMLReader.Document, Diagnostics>) {
        paths.append(path)
        switch result {
        case .success(let document):
            files.append(RuleFile(node: document.root, source: document.source))
            texts.append(FileText(path: path, text: document.source))
        case .failure(let faults): diagnostics.add(contentsOf: faults)
        }
    }

    private static func place(of path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
