import GRDB
package import LookoutAlerting

extension SQLiteAlertStore {
    /// Puts a test message into the outbox, in the place of its receiver's last one.
    ///
    /// So there is one row a receiver, however long Lookout runs.
    ///
    /// - Returns: Whether it did: not while the last one still waits.
    /// - Throws: What a commit of alerts would throw now.
    package func renew(testMessage notice: Notice) async throws -> Bool {
        try await pool.finishWrite { [path = pool.path] db in
            let row = "receiver = ? AND alert = ?"
            let values: StatementArguments = [StoredName(notice.receiver), AlertKey(TestNotice.alert).text]
            let isWaiting = try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM notices WHERE \(row) AND status = 'waiting')",
                arguments: values
            )
            if isWaiting == true { return false }
            try db.execute(
                sql: "DELETE FROM notices WHERE \(row) AND status <> 'waiting'",
                arguments: values
            )
            try NoticeRow.insert(notice, db, path: path)
            try HeadRows(db: db).refresh(.id, notice.id.description)
            return true
        }
    }
}
