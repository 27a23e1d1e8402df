import FoundationEssentials
import LookoutTestSupport
import Testing

@Suite struct `The architecture` {
    private static let root = SourceTree.root()
    /// Read once, since it is all of the product.
    private static let allSources = Result { try SwiftSource.all(in: root.appending(path: "Sources")) }

    private let sources: [SwiftSource]
    private let table: FloorTable
    private let manifest: Manifest

    init() throws {
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: Self.root.appending(path: name).path(), encoding: .utf8)
        }
        sources = try Self.allSources.get()
        table = FloorTable(markdown: try text("ARCHITECTURE.md"))
        manifest = Manifest(text: try text("Package.swift"))
        try #require(sources.count > 100, "the sources were not found")
    }

    @Test func `every target stands in the table and in the manifest`() {
        let targets = Set(sources.map(\.target)).union(["CCurl", "CLinux", "CRE2"])
        #expect(Set(table.rows.keys) == targets)
        #expect(Set(manifest.dependencies.keys) == targets)
    }

    @Test func `every import points down and each library has one home`() {
        for source in sources {
            for (module, line) in source.imports where !ThirdParty.system.contains(module) {
                let objection = table.objection(to: module, in: source.target)
                #expect(objection == nil, "Sources/\(source.path):\(line.number)")
            }
        }
    }

    @Test func `the manifest points down, too`() {
        for (target, dependencies) in manifest.dependencies {
            for dependency in dependencies.sorted() {
                let objection = table.objection(to: dependency, in: target)
                #expect(objection == nil, "Package.swift")
            }
        }
    }

    @Test func `what is imported is declared in the manifest`() {
        for source in sources {
            let declared = manifest.dependencies[source.target] ?? []
            let libraries = Set(declared.map(ThirdParty.library))
            for (module, line) in source.imports where !ThirdParty.system.contains(module) {
                #expect(
                    declared.contains(module) || libraries.contains(ThirdParty.library(of: module)),
                    "Sources/\(source.path):\(line.number) imports \(module)"
                )
            }
        }
    }

    @Test(arguments: Gate.all)
    func `every source file keeps the rules of the house`(gate: Gate) {
        for violation in sources.flatMap(gate.violations) {
            Issue.record("\(violation)")
        }
    }
}

extension Gate: CustomTestStringConvertible {
    var testDescription: String { name }
}
