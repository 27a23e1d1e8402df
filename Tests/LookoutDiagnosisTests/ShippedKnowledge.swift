import FoundationEssentials
import LookoutConfiguration
import LookoutDiagnosis
import LookoutRules
import LookoutSettings
import LookoutTestSupport
import Testing

/// The knowledge file of the repository.
enum ShippedKnowledge {
    static let path = SourceTree.root().appending(path: "Rules/diagnosis.yaml").path()

    /// Compiled once for all tests.
    static func load() throws -> Knowledge { try made.get() }

    private static let made = Result { try read() }

    private static func read() throws -> Knowledge {
        let list = RuleFileList([path])
        let (knowledge, diagnostics) = KnowledgeCompiler().compile(list.files)
        for diagnostic in list.diagnostics.all + diagnostics.all { Issue.record("\(diagnostic)") }
        return try #require(knowledge)
    }
}
