import Glibc

/// A path, or a pattern of paths (glob(7)) that the shell has left alone.
struct PathPattern {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The path if there is such a file, else what matches it in the order of the alphabet.
    var paths: [String] {
        if access(text, F_OK) == 0 { return [text] }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(text, 0, nil, &matches) == 0 else { return [] }
        return (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { String(cString: $0) }
        }
    }
}
