import Glibc
import LookoutModel
import LookoutSettings

/// The directory that a configuration file stands in: what relative paths in the file begin at.
struct ConfigurationDirectory {
    /// Empty for the working directory, else with a slash at its end.
    private let prefix: String

    init(ofFile path: String) {
        prefix = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    func resolve(_ path: String) -> String {
        path.hasPrefix("/") ? path : prefix + path
    }

    /// The paths that match a pattern (glob(7)), in alphabetical order; empty if none does.
    func paths(matching pattern: String) -> [String] {
        var special = pattern
        if !pattern.hasPrefix("/") {
            // The directory's own name stands for itself, whatever characters it has.
            special = prefix.map { #"*?[\"#.contains($0) ? "\\\($0)" : "\($0)" }.joined() + pattern
        }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(special, 0, nil, &matches) == 0 else { return [] }
        return (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { String(cString: $0) }
        }
    }
}

/// Secrets whose files may be named relative to the configuration file.
struct SecretsBesideFile: SecretSource {
    let source: any SecretSource
    let directory: ConfigurationDirectory

    var arePlaceholders: Bool { source.arePlaceholders }

    func environmentVariable(_ name: String) -> Result<Secret, SecretLookupError> {
        source.environmentVariable(name)
    }

    func credential(_ name: String) -> Result<Secret, SecretLookupError> {
        source.credential(name)
    }

    func file(_ path: String) -> Result<Secret, SecretLookupError> {
        source.file(directory.resolve(path))
    }
}
