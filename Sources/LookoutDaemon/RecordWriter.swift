import FoundationEssentials
import LookoutDeployments

/// Keeps the records of deployments as files: one each, and the history of all.
struct RecordWriter: RecordKeeping {
    /// So many deployments stand in the history document.
    private static let historyLimit = 1000

    let store: any DeploymentStore
    /// Made if it is missing.
    let folder: String

    func write(_ deployment: LookoutDeployments.Deployment) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let files = RecordFolder(folder)
        let events = try await store.events(of: deployment.id)
        if let record = DeploymentRecord(of: events) { try files.write(record, of: deployment.id) }
        var records: [DeploymentRecord] = []
        for id in try await store.deployments(limit: Self.historyLimit, before: nil) {
            if let record = DeploymentRecord(of: try await store.events(of: id)) { records.append(record) }
        }
        try files.writeHistory(records)
    }
}
