import Glibc
package import LookoutConfiguration
package import LookoutModel

/// The last configuration that was in force, with when that began.
package struct KeptConfiguration: Hashable, Sendable {
    package let sources: ConfigurationSources
    package let adoptedAt: Timestamp

    package init(_ sources: ConfigurationSources, adoptedAt: Timestamp) {
        self.sources = sources
        self.adoptedAt = adoptedAt
    }

    /// Whether it was read from a file, however its directory is spelled.
    func isOf(_ path: String) -> Bool {
        Self.absolute(sources.main.path) == Self.absolute(path)
    }

    /// The path in full, links of its directory followed; as it is where there is no such directory.
    private static func absolute(_ path: String) -> String {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        guard let directory = realpath(slash.map { String(path[...$0]) } ?? ".", nil) else { return path }
        defer { free(directory) }
        let parent = String(cString: directory)
        return (parent == "/" ? "" : parent) + "/" + name
    }

    /// As it is stored: texts as they stand, and the configuration's own path in full.
    var document: JSONValue {
        [
            "format": 1, "adopted_at": .string(adoptedAt.rfc3339),
            "main": Self.document(Self.absolute(sources.main.path), sources.main.text),
            "rules": .array(sources.rules.map { Self.document($0.path, $0.text) }),
        ]
    }

    /// Nil for what no version of Lookout wrote.
    init?(document: JSONValue) {
        guard document["format"] == 1, let time = document["adopted_at"]?.string,
            let adoptedAt = Timestamp(rfc3339: time), let main = Self.text(document["main"]),
            case .array(let rules)? = document["rules"]
        else { return nil }
        let texts = rules.compactMap(Self.text)
        guard texts.count == rules.count else { return nil }
        self.init(ConfigurationSources(main: main, rules: texts), adoptedAt: adoptedAt)
    }

    private static func document(_ path: String, _ text: String) -> JSONValue {
        ["path": .string(path), "text": .string(text)]
    }

    private static func text(_ document: JSONValue?) -> FileText? {
        guard let path = document?["path"]?.string, let text = document?["text"]?.string else { return nil }
        return FileText(path: path, text: text)
    }
}

/// Where the last configuration that was in force is kept: beside the databases, for the agent's user alone.
package struct KeptConfigurationFile: Sendable {
    /// The most bytes that are read of one.
    private static let limit = 256 * 1_048_576

    package let path: String

    package init(in dataDirectory: String) {
        path = "\(dataDirectory)/last-configuration.json"
    }

    private var file: PrivateFile { PrivateFile(path: path) }

    func keep(_ configuration: KeptConfiguration) throws(PrivateFile.Failure) {
        try file.replace(with: configuration.document.jsonText)
    }

    func remove() throws(PrivateFile.Failure) {
        try file.remove()
    }

    /// What is kept; nil if there is nothing that can be read.
    package func read() -> KeptConfiguration? {
        guard let text = try? file.text(limit: Self.limit),
            let document = try? JSONValue(parsing: Array(text.utf8))
        else { return nil }
        return KeptConfiguration(document: document)
    }
}
