/// Which changed files make a service build: its globs, and its root folder.
///
/// As at Render: a file counts that one of the paths matches, or any where there are none, unless one of the
/// ignored paths matches it too. `*` stands for characters of one name, `**` for any number of folders.
package struct BuildFilter: Hashable, Sendable {
    package var paths: [String]
    package var ignoredPaths: [String]
    package var rootFolder: String?

    package init(paths: [String] = [], ignoredPaths: [String] = [], rootFolder: String? = nil) {
        self.paths = paths
        self.ignoredPaths = ignoredPaths
        self.rootFolder = rootFolder
    }

    package init(_ service: HostedService) {
        self.init(
            paths: service.buildPaths,
            ignoredPaths: service.ignoredPaths,
            rootFolder: service.rootFolder
        )
    }

    /// The files that make it build, in their order; empty if none does.
    package func triggers(_ files: [String]) -> [String] {
        files.filter { file in
            let isMeant = paths.isEmpty ? isInRoot(file) : paths.contains { Self.matches(file, $0) }
            return isMeant && !ignoredPaths.contains { Self.matches(file, $0) }
        }
    }

    private func isInRoot(_ file: String) -> Bool {
        guard var root = rootFolder?[...] else { return true }
        if root.hasPrefix("./") { root = root.dropFirst(2) }
        while root.hasPrefix("/") { root = root.dropFirst() }
        while root.hasSuffix("/") { root = root.dropLast() }
        return root.isEmpty || root == "." || file.hasPrefix("\(root)/")
    }

    /// Whether a path matches a glob.
    package static func matches(_ path: String, _ glob: String) -> Bool {
        let pattern = (glob.hasPrefix("./") ? String(glob.dropFirst(2)) : glob).split(separator: "/")
        let parts = path.split(separator: "/")
        // Whether the parts from an index on match what is left of the pattern, from the end on.
        var reachable = [Bool](repeating: false, count: parts.count) + [true]
        for element in pattern.reversed() {
            var next = [Bool](repeating: false, count: parts.count + 1)
            for index in stride(from: parts.count, through: 0, by: -1) {
                if element == "**" {
                    next[index] = reachable[index] || (index < parts.count && next[index + 1])
                } else if index < parts.count, reachable[index + 1] {
                    next[index] = matches(name: Array(parts[index].utf8), Array(element.utf8))
                }
            }
            reachable = next
        }
        return reachable[0]
    }

    /// Whether a name matches a pattern with `*` and `?`.
    private static func matches(name: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (place, star, retry) = (0, -1, 0)
        var index = 0
        while index < name.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                (star, retry) = (place, index)
                place += 1
            } else if place < pattern.count,
                pattern[place] == name[index] || pattern[place] == UInt8(ascii: "?")
            {
                (place, index) = (place + 1, index + 1)
            } else if star >= 0 {
                retry += 1
                (place, index) = (star + 1, retry)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
