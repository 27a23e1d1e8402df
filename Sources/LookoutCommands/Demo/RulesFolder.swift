import Glibc

/// Where the shipped rule files are: beside the sources, or installed beside the program.
enum RulesFolder {
    /// The first folder with rules: `$LOOKOUT_RULES`, `./Rules`, `../share/lookout/Rules` seen from the
    /// program; nil if there is none.
    static func find(environment: [String: String], program: String?) -> String? {
        let beside = program.map { path in
            String(
                path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            )
                + "/../share/lookout/Rules"
        }
        return [environment["LOOKOUT_RULES"], "Rules", beside].compactMap(\.self)
            .compactMap(absolute)
            .first { access("\($0)/backend.yaml", R_OK) == 0 }
    }

    /// The running program's path.
    static var program: String? { absolute("/proc/self/exe") }

    private static func absolute(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
