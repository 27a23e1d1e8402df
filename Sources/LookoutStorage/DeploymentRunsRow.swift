import GRDB
import LookoutDeployments
import LookoutModel

/// How the runs that a verdict rests on are written as rows and read back.
enum DeploymentRunsRow {
    static func save(
        _ compared: ComparedRuns,
        of check: CheckID,
        in id: DeploymentID,
        _ db: Database
    ) throws {
        let statement = RawStatement(
            try db.cachedStatement(
                sql: """
                    INSERT INTO deployment_runs (deployment, check_id, baseline, window) VALUES (?, ?, ?, ?)
                    ON CONFLICT (deployment, check_id) DO UPDATE SET
                        baseline = excluded.baseline, window = excluded.window
                    """
            )
        )
        try statement.binding(id.text, at: 1) {
            try statement.binding(check.description, at: 2) {
                try statement.binding(RunBlob.bytes(of: compared.baseline), at: 3) {
                    try statement.binding(RunBlob.bytes(of: compared.window), at: 4) {
                        _ = try statement.step()
                    }
                }
            }
        }
    }

    static func fetchAll(
        of id: DeploymentID,
        _ db: Database,
        path: String
    ) throws -> [CheckID: ComparedRuns] {
        let statement = RawStatement(
            try db.cachedStatement(
                sql: "SELECT check_id, baseline, window FROM deployment_runs WHERE deployment = ?"
            )
        )
        defer { statement.reset() }
        var runs: [CheckID: ComparedRuns] = [:]
        return try statement.binding(id.text, at: 1) {
            while try statement.step() {
                let name = statement.text(0).map { String(decoding: $0, as: UTF8.self) } ?? ""
                guard let check = CheckID(name), let baseline = RunBlob.runs(of: statement.bytes(1)),
                    let window = RunBlob.runs(of: statement.bytes(2))
                else {
                    let detail = "the runs of the deployment \(id) in it cannot be read"
                    throw StorageError(.corrupt, while: .read, path: path, detail: detail)
                }
                runs[check] = ComparedRuns(baseline: baseline, window: window)
            }
            return runs
        }
    }
}
