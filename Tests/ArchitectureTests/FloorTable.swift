/// The table of modules in ARCHITECTURE.md: on which floor each target stands, and which
/// third-party libraries have their home in it.
struct FloorTable {
    struct Row: Equatable {
        /// Nil for what stands beside the floors.
        let floor: Int?
        let target: String
        let libraries: Set<String>
    }

    /// Arrows within a floor that are meant.
    private static let sidewaysArrows: [String: Set<String>] = [
        // The engines of floor 1 speak the vocabulary.
        "LookoutSettings": ["LookoutModel"],
        "LookoutHTTP": ["LookoutModel"],
        "LookoutProcesses": ["LookoutModel"],
        // Knowledge files lie among the rule files, and a configuration is checked as a whole.
        "LookoutConfiguration": ["LookoutDiagnosis"],
        // The commands start the daemon and rehearse deployments.
        "LookoutCommands": ["LookoutDaemon", "LookoutScenarios"],
    ]

    /// Shims with one home.
    private static let shimHomes = ["CCurl": "LookoutHTTP", "CRE2": "CEL"]

    let rows: [String: Row]

    /// Reads the rows `| floor | target | holds | third-party |` of a Markdown text.
    init(markdown: String) {
        var rows: [String: Row] = [:]
        for line in markdown.split(separator: "\n") where line.hasPrefix("|") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map(
                    Self.trimmed
                )
            guard cells.count == 4, cells[0] == "–" || Int(cells[0]) != nil else { continue }
            let libraries = Set(cells[3].split(separator: ",").map(Self.trimmed))
            for target in cells[1].split(separator: ",").map(Self.trimmed) {
                let name = target.filter { $0 != "`" }
                rows[name] = Row(floor: Int(cells[0]), target: name, libraries: libraries)
            }
        }
        self.rows = rows
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }

    /// What is wrong with one target using another; nil if nothing is.
    func objection(to dependency: String, in target: String) -> String? {
        guard let user = rows[target] else { return "\(target) is not in the table of ARCHITECTURE.md" }
        guard let used = rows[dependency] else { return libraryObjection(to: dependency, in: user) }
        guard let usedFloor = used.floor else { return "\(dependency) is for tests only" }
        if let home = Self.shimHomes[dependency], home != target {
            return "\(dependency) has its home in \(home)"
        }
        guard let userFloor = user.floor else { return nil }
        if usedFloor < userFloor || Self.sidewaysArrows[target]?.contains(dependency) == true { return nil }
        return "\(target) (floor \(userFloor)) must not use \(dependency) (floor \(usedFloor))"
    }

    private func libraryObjection(to module: String, in user: Row) -> String? {
        let library = ThirdParty.library(of: module)
        guard user.floor != nil, !user.libraries.contains(library) else { return nil }
        let homes = rows.values.filter { $0.libraries.contains(library) }.map(\.target).sorted()
        let hint = homes.isEmpty ? "no module" : homes.joined(separator: " and ")
        return "\(library) has its home in \(hint), not in \(user.target)"
    }
}

/// Which library a module belongs to, as the table names it.
enum ThirdParty {
    /// Modules that come with the toolchain or the system.
    static let system: Set<String> = [
        "Swift", "_Concurrency", "Synchronization", "Glibc", "Foundation", "FoundationEssentials", "Testing",
        "Dispatch", "Runtime",
    ]

    static func library(of module: String) -> String {
        switch module {
        case _ where module.hasPrefix("NIO"): "SwiftNIO"
        case "UnixSignals": "ServiceLifecycle"
        case "GRDBSQLite": "GRDB"
        default: module
        }
    }
}
