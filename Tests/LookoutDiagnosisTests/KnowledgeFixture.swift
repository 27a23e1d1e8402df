import LookoutConfiguration
import LookoutDiagnosis
import LookoutRules
import LookoutSettings
import LookoutTestSupport

/// Knowledge files written by a test.
enum KnowledgeFixture {
    /// The knowledge of files with these texts, and what is wrong with them; places name the file `0.yaml` and so on.
    static func compile(_ texts: String...) throws -> (knowledge: Knowledge?, errors: [String]) {
        let folder = try ScratchFolder("knowledge")
        defer { folder.remove() }
        let paths = try texts.enumerated().map { number, text in
            try folder.write(text, to: "\(number).yaml")
            return folder.file("\(number).yaml")
        }
        let list = RuleFileList(paths)
        let (knowledge, found) = KnowledgeCompiler().compile(list.files)
        let errors = (list.diagnostics.all + found.all).map { diagnostic in
            let place = diagnostic.position.map { "\($0)".replacing(folder.path + "/", with: "") } ?? "?"
            return "\(place): \(diagnostic.message)"
        }
        return (knowledge, errors)
    }

    static func cause(_ id: String, _ lines: String...) -> String {
        "causes:\n  - id: \(id)\n"
            + (lines.isEmpty ? ["title: t", "needs: 'true'"] : lines).map { "    \($0)\n" }.joined()
    }
}
