import GRDB
import LookoutModel

/// The small numbers under which samples refer to their checks.
///
/// A value, so that what a transaction adds is thrown away with it if it fails. Numbers are never
/// taken back, which is why a copy can be old but not wrong.
struct CheckNumbers: Sendable {
    private(set) var numbers: [CheckID: Int64] = [:]

    /// The number of a check, given to it now if it has none.
    mutating func number(of check: CheckID, _ db: Database) throws -> Int64 {
        if let number = numbers[check] { return number }
        let names: StatementArguments = [StoredName(check.environment), StoredName(check.probe)]
        try db.cachedStatement(
            sql: """
                INSERT INTO checks (environment, probe) VALUES (?, ?)
                ON CONFLICT (environment, probe) DO NOTHING
                """
        ).execute(arguments: names)
        let number = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM checks WHERE environment = ? AND probe = ?"),
            arguments: names
        )
        guard let number else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "check not found") }
        numbers[check] = number
        return number
    }

    var count: Int { numbers.count }

    /// Takes over what another copy knows.
    mutating func merge(_ other: CheckNumbers) {
        numbers.merge(other.numbers) { mine, _ in mine }
    }

    /// All checks that ever had a sample.
    static func all(_ db: Database) throws -> CheckNumbers {
        var result = CheckNumbers()
        let rows = try Row.fetchCursor(db, sql: "SELECT id, environment, probe FROM checks")
        while let row = try rows.next() {
            let environment: StoredName = row[1]
            let probe: StoredName = row[2]
            let check = CheckID(environment: environment.text, probe: probe.text)
            result.numbers[check] = row[0]
        }
        return result
    }
}
