import LookoutSettings

extension ConfigurationLoader {
    /// Where the data is of a configuration that is wrong, as far as the file can still tell.
    ///
    /// Of a file that is no YAML only the line counts that says it; a file that is gone says nothing.
    package func dataDirectory(ofWrong path: String) -> String {
        let directory = ConfigurationDirectory(ofFile: path)
        return dataDirectory(Self.namedDirectory(in: path), in: directory)
    }

    private static func namedDirectory(in path: String) -> String? {
        if case .success(let document) = YAMLReader(file: path).readFile() {
            return namedDirectory(in: document.root)
        }
        guard let bytes = try? RegularFile(path: path, limit: YAMLReader.maximumSize).read() else {
            return nil
        }
        let lines = bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        for line in lines where line.starts(with: "\(key):".utf8) {
            guard case .success(let document) = YAMLReader(file: path).read(Array(line)) else { continue }
            return namedDirectory(in: document.root)
        }
        return nil
    }

    private static func namedDirectory(in root: SettingsNode) -> String? {
        guard let node = root[key], case .scalar = node.content else { return nil }
        var unheard = SettingsContext()
        return String(node, &unheard).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let key = "data_directory"
}
