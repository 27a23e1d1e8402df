import FoundationEssentials
import LookoutDeployments
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct RecordFolderTests {
    private func record(_ trigger: String) -> DeploymentRecord {
        DeploymentRecord(
            deployment: Timestamp(seconds: 1_755_694_148),
            trigger: trigger,
            changes: [],
            backupBranch: "None",
            result: "✅ Successful",
            issues: "None",
            rollbackRequired: "No",
            validations: []
        )
    }

    @Test func `A record is replaced as a whole and nothing else is left in the folder`() throws {
        let folder = try ScratchFolder("records")
        defer { folder.remove() }
        let id = try #require(DeploymentID("20250820-124908"))
        for trigger in ["first", "second"] { try RecordFolder(folder.path).write(record(trigger), of: id) }
        try RecordFolder(folder.path).writeHistory([record("second")])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["20250820-124908.md", RecordFolder.historyName])
        let data = try Data(contentsOf: URL(filePath: folder.file("20250820-124908.md")))
        #expect(DeploymentRecord.records(in: String(decoding: data, as: UTF8.self)) == [record("second")])
    }

    @Test func `A folder that is not there is an error that names the file`() throws {
        let id = try #require(DeploymentID("x"))
        let error = #expect(throws: RecordFileError.self) {
            try RecordFolder("/nonexistent").write(record("x"), of: id)
        }
        #expect(error?.description.contains("/nonexistent/x.md") == true)
    }
}
