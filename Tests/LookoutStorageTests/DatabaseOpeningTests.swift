import Foundation
import GRDB
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutStorage

/// What both databases have in common.
@Suite struct DatabaseOpeningTests {
    /// Which of the two databases a test is about.
    enum Kind: String, CaseIterable {
        case history
        case alerts

        var file: String { "\(rawValue).db" }
        var schema: DatabaseSchema { self == .history ? .history : .alerts }

        func open(_ path: String) throws(StorageError) {
            switch self {
            case .history: _ = try HistoryDatabase.open(at: path, now: .epoch)
            case .alerts: _ = try AlertDatabase.open(at: path)
            }
        }
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The refusal of a file, whose bytes must be what they were before.
    private func refusal(of kind: Kind) throws -> StorageError {
        let before = try folder.bytes(kind.file)
        let error = try #require(throws: StorageError.self) { try kind.open(folder.file(kind.file)) }
        #expect(try folder.bytes(kind.file) == before)
        #expect(error.message.contains(folder.file(kind.file)))
        return error
    }

    private func change(_ kind: Kind, _ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.file(kind.file))
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test(arguments: Kind.allCases)
    func `the schema of a new database is the released one`(kind: Kind) throws {
        try kind.open(folder.file(kind.file))
        let queue = try DatabaseQueue(path: folder.file(kind.file))
        let statements = try queue.read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        }
        expectGolden(statements.joined(separator: ";\n") + ";\n", "\(kind.rawValue)-schema.sql")
    }

    @Test(arguments: Kind.allCases)
    func `opening again changes nothing`(kind: Kind) throws {
        try kind.open(folder.file(kind.file))
        let before = try marks(kind)
        try kind.open(folder.file(kind.file))
        #expect(try marks(kind) == before)
        #expect(try folder.names.isSubset(of: [kind.file, "\(kind.file)-wal", "\(kind.file)-shm"]))
    }

    private func marks(_ kind: Kind) throws -> [Int?] {
        let queue = try DatabaseQueue(path: folder.file(kind.file))
        return try queue.read { db in
            try ["user_version", "application_id"].map {
                try Int.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func `the file is for its user alone`(kind: Kind) throws {
        try kind.open(folder.file(kind.file))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(kind.file))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test(arguments: Kind.allCases)
    func `an empty file becomes a database`(kind: Kind) throws {
        try folder.write(Data(), to: kind.file)
        try kind.open(folder.file(kind.file))
        #expect(try marks(kind).last == Int(kind.schema.applicationID))
    }

    @Test(arguments: Kind.allCases)
    func `a first start that ended before its first migration is taken up`(kind: Kind) throws {
        try change(kind, "PRAGMA journal_mode = WAL")
        try change(kind, "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        try kind.open(folder.file(kind.file))
        #expect(try marks(kind)[0] == kind.schema.migrations.count)
    }

    @Test(
        arguments: Kind.allCases,
        ["INSERT INTO grdb_migrations VALUES ('999-tomorrow')", "PRAGMA user_version = 999"]
    )
    func `a database of a newer version is refused and left alone`(kind: Kind, sql: String) throws {
        try kind.open(folder.file(kind.file))
        try change(kind, sql)
        let error = try refusal(of: kind)
        #expect(error.code == .newerVersion)
        #expect(error.message.contains("newer version") && error.message.contains("999"))
    }

    @Test(arguments: Kind.allCases)
    func `a newer database whose log was not yet written back is refused too`(kind: Kind) throws {
        let path = folder.file(kind.file)
        try kind.open(path)
        let pool = try DatabasePool(path: path)
        try pool.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999-tomorrow')") }
        // As after a crash: the last change is only in the log.
        let copy = "copy.db"
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: folder.file(copy) + suffix)
        }
        let error = #expect(throws: StorageError.self) { try kind.open(folder.file(copy)) }
        #expect(error?.code == .newerVersion)
    }

    @Test(arguments: Kind.allCases)
    func `the database of another program is refused and left alone`(kind: Kind) throws {
        try change(kind, "CREATE TABLE bookmarks (url TEXT)")
        #expect(try refusal(of: kind).code == .foreign)
    }

    @Test(arguments: Kind.allCases)
    func `the other database of Lookout is refused and left alone`(kind: Kind) throws {
        let other: Kind = kind == .history ? .alerts : .history
        try other.open(folder.file(kind.file))
        #expect(try refusal(of: kind).code == .foreign)
    }

    @Test(arguments: Kind.allCases)
    func `a missing folder is named, with what to do`(kind: Kind) throws {
        let path = folder.file("missing/\(kind.file)")
        let error = #expect(throws: StorageError.self) { try kind.open(path) }
        #expect(error?.code == .folderMissing)
        #expect(error?.message.contains("create the folder") == true)
    }

    @Test(arguments: Kind.allCases)
    func `a file in the place of the folder is a missing folder`(kind: Kind) throws {
        try folder.write(Data(), to: "file")
        let error = #expect(throws: StorageError.self) { try kind.open(folder.file("file/\(kind.file)")) }
        #expect(error?.code == .folderMissing)
    }

    @Test(arguments: Kind.allCases)
    func `a folder in the place of the file is refused, and stays`(kind: Kind) throws {
        try FileManager.default.createDirectory(
            atPath: folder.file(kind.file),
            withIntermediateDirectories: false
        )
        let error = #expect(throws: StorageError.self) { try kind.open(folder.file(kind.file)) }
        #expect(error?.code == .foreign)
        #expect(try folder.names == [kind.file])
    }

    @Test(arguments: Kind.allCases)
    func `a database that another program has locked is a clear error after the wait`(kind: Kind) throws {
        let path = folder.file(kind.file)
        try kind.open(path)
        let other = try DatabaseQueue(path: path)
        try other.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
            let file = DatabaseFile(path: path, schema: kind.schema, durability: .power, patience: 0.05)
            let error = #expect(throws: StorageError.self) { try file.open() }
            #expect(error?.code == .locked)
            try db.execute(sql: "COMMIT")
        }
        try other.close()
        try kind.open(path)
    }

    @Test func `waiting for a lock takes five seconds at most`() {
        #expect(DatabaseFile(path: "", schema: .alerts, durability: .power).patience == 5)
    }

    @Test(arguments: [DatabaseFile.Durability.process, .power])
    func `the connection that writes has the durability that was asked for`(
        durability: DatabaseFile.Durability
    ) throws {
        let pool = try DatabaseFile(path: folder.file("a.db"), schema: .alerts, durability: durability).open()
        let level = try pool.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(level == durability.rawValue)
        #expect(try pool.write { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    }

    @Test func `the alerts are written with synchronous FULL`() async throws {
        let store = try AlertDatabase.open(at: folder.file("alerts.db")).alerts
        let level = try await store.pool.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(level == 2)
    }

    @Test func `a migration that fails is taken back whole, and the next start tries again`() throws {
        struct Broken: Error {}
        let first = Migration("001-first") { try $0.execute(sql: "CREATE TABLE first (id INTEGER)") }
        let broken = Migration("002-second") { db in
            try db.execute(sql: "CREATE TABLE second (id INTEGER)")
            throw Broken()
        }
        let mended = Migration("002-second") { try $0.execute(sql: "CREATE TABLE second (id INTEGER)") }
        func open(_ migrations: [Migration]) throws -> DatabasePool {
            let schema = DatabaseSchema(applicationID: 7, migrations: migrations)
            return try DatabaseFile(path: folder.file("a.db"), schema: schema, durability: .power).open()
        }
        #expect(throws: StorageError.self) { try open([first, broken]) }
        let pool = try open([first, mended])
        let version = try pool.read { db in
            #expect(try db.tableExists("first") && db.tableExists("second"))
            return try Int.fetchOne(db, sql: "PRAGMA user_version")
        }
        #expect(version == 2)
        try pool.close()
        // And the version before it must not touch what the newer one wrote.
        let error = #expect(throws: StorageError.self) { try open([first]) }
        #expect(error?.code == .newerVersion)
    }
}
