import Testing

/// The gates are only worth something if they close.
@Suite struct `A planted violation` {
    private static func source(_ text: String, in path: String = "LookoutRules/Planted.swift") -> SwiftSource
    {
        SwiftSource(target: String(path.prefix { $0 != "/" }), path: path, text: text)
    }

    @Test(arguments: [
        (0, "let now = Date()"),
        (0, "try await Task.sleep(for: .seconds(1))"),
        (0, "let clock = ContinuousClock()"),
        (1, "Task { await work() }"),
        (1, "return Task.detached { }"),
        (1, "let task = Task(priority: .low) { }"),
        (2, "public struct Planted {}"),
        (4, "// A reason does not help here.\nfinal class Planted: @unchecked Sendable {}"),
        (4, "nonisolated(unsafe) var planted = 0"),
        (5, String(repeating: "\n", count: 401)),
        (6, "package struct Planted {}"),
        (6, "/// Documented.\n\npackage protocol Planted {}"),
        (6, "// No doc comment.\npackage final class Planted {}"),
    ])
    func `is caught by its gate and no other`(gate: Int, text: String) {
        let caught = Gate.all.indices.filter { !Gate.all[$0].violations(Self.source(text)).isEmpty }
        #expect(caught == [gate])
    }

    @Test(arguments: [
        "// Date() in a comment", "let text = \"Task { Date() }\"", "let updated = lastDate()",
        "group.addTask { }", "let map = makeTask(1)", "struct PublicKey {}",
        "/// Documented.\npackage struct Planted {}",
        "/// Documented.\n@frozen\npackage final class Planted {}",
        "package static let planted = 1", "let text = \"\"\"\n    public Task.sleep\n    \"\"\"",
        String(repeating: "\n", count: 400),
    ])
    func `is not seen where there is none`(text: String) {
        let caught = Gate.all.flatMap { $0.violations(Self.source(text)) }
        #expect(caught.isEmpty)
    }

    @Test func `a promise in a home of C needs its reason`() {
        let bare = "struct Handle {\n\n\n\n\n    nonisolated(unsafe) let pointer: Int\n}"
        let explained = bare.replacing("    nonisolated", with: "    // Never written.\n    nonisolated")
        let gate = Gate.uncheckedSendability
        #expect(gate.violations(Self.source(bare, in: "LookoutHTTP/Planted.swift")).map(\.line) == [6])
        #expect(gate.violations(Self.source(explained, in: "LookoutHTTP/Planted.swift")).isEmpty)
    }

    @Test func `Foundation is kept out of the vocabulary`() {
        let text = "import Synchronization\npackage import FoundationEssentials"
        #expect(Gate.foundation.violations(Self.source(text, in: "LookoutModel/A.swift")).map(\.line) == [2])
        #expect(Gate.foundation.violations(Self.source(text, in: "LookoutDaemon/A.swift")).isEmpty)
    }

    @Test func `every form of import is seen`() {
        let text = """
            import GRDB
            package import Yams
            @testable import CEL
            @preconcurrency internal import NIOCore
            import struct Hummingbird.Router
            // import Commented
            let text = "import Quoted"
            """
        let modules = Self.source(text).imports.map(\.module)
        #expect(modules == ["GRDB", "Yams", "CEL", "NIOCore", "Hummingbird"])
    }

    private static let table = FloorTable(
        markdown: """
            | floor | target | holds | third-party |
            |---|---|---|---|
            | 5 | `LookoutDaemon` | all | ServiceLifecycle, Logging |
            | 3 | `LookoutStorage` | stores | GRDB |
            | 2 | `LookoutProbing` | probes | Logging |
            | 2 | `LookoutRules` | rules | |
            | 1 | `LookoutModel` | values | |
            | 1 | `LookoutSettings` | settings | |
            | 0 | `CCurl`, `CRE2` | shims | libcurl, libre2 |
            | – | `LookoutTestSupport` | tests | |
            """
    )

    @Test(arguments: [
        ("LookoutStorage", "LookoutDaemon"), ("LookoutRules", "LookoutProbing"),
        ("LookoutModel", "LookoutSettings"), ("LookoutProbing", "GRDB"), ("LookoutRules", "Logging"),
        ("LookoutDaemon", "LookoutTestSupport"), ("LookoutRules", "CRE2"), ("LookoutNew", "LookoutModel"),
        ("LookoutDaemon", "NIOCore"),
    ])
    func `an arrow that points up, aside or at another's library is refused`(target: String, used: String) {
        #expect(Self.table.objection(to: used, in: target) != nil)
    }

    @Test(arguments: [
        ("LookoutStorage", "LookoutProbing"), ("LookoutStorage", "GRDB"), ("LookoutDaemon", "Logging"),
        ("LookoutDaemon", "UnixSignals"), ("LookoutSettings", "LookoutModel"),
        ("LookoutTestSupport", "LookoutStorage"),
    ])
    func `an arrow that points down is fine`(target: String, used: String) {
        #expect(Self.table.objection(to: used, in: target) == nil)
    }

    @Test func `the manifest's short forms are read`() {
        let manifest = Manifest(
            text: """
                func module(_ name: String) -> Target { .target(name: name, dependencies: dependencies) }
                let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
                let package = Package(
                    name: "p",
                    targets: [
                        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["x"])]),
                        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
                        module("LookoutModel"),
                        module("LookoutProbing", ["LookoutModel", logging]),
                        // module("Commented", ["LookoutModel"]),
                        module(
                            "LookoutDaemon",
                            [
                                "LookoutModel", "LookoutProbing",
                                logging,
                            ]
                        ),
                        .executableTarget(name: "lookout", dependencies: ["LookoutDaemon"]),
                    ]
                )
                """
        )
        #expect(
            manifest.dependencies == [
                "CCurl": [], "CRE2": [], "LookoutModel": [], "LookoutProbing": ["LookoutModel", "Logging"],
                "LookoutDaemon": ["LookoutModel", "LookoutProbing", "Logging"], "lookout": ["LookoutDaemon"],
            ]
        )
    }
}
