import GRDB

extension Database {
    /// How long, in milliseconds, another program's lock is waited for that has been waited for in vain.
    private static let shortPatience = 50

    /// Waits less long for a lock once that was in vain, and as long as before when a write has worked again.
    ///
    /// All writes stand in one line: with the whole patience for each, nobody's turn would come.
    func learnPatience(from result: Result<some Any, any Error>) {
        guard case .timeout(let seconds) = configuration.busyMode else { return }
        let full = Int(seconds * 1000)
        let patience: Int
        switch result {
        case .success: patience = full
        case .failure(let error as DatabaseError) where error.resultCode == .SQLITE_BUSY:
            patience = min(full, Self.shortPatience)
        case .failure: return
        }
        // A connection without its patience still works, so this may fail.
        let known = try? Int.fetchOne(self, sql: "PRAGMA busy_timeout")
        guard known != patience else { return }
        try? execute(sql: "PRAGMA busy_timeout = \(patience)")
    }
}
