import LookoutModel
import Testing

@testable import LookoutDeployments

@Suite struct `Values of the gate` {
    @Test(
        arguments: [
            ("backend/app.py", "backend/**", true), ("backend/a/b/c.py", "backend/**", true),
            ("src/a.ts", "backend/**", false),
            ("backend/app.py", "backend/*", true), ("backend/a/b.py", "backend/*", false),
            ("a/b/c.md", "**/*.md", true),
            ("c.md", "**/*.md", true), ("c.md", "*", true), ("a/c.md", "*", false),
            ("a/x/y/b", "a/**/b", true),
            ("a/b", "a/**/b", true), ("ab", "a?", true), ("a", "a?", false),
            ("src/main.ts", "src/main.ts", true),
            ("aXbXc", "a*b*c", true), ("aXbXd", "a*b*c", false), ("a/b", "./a/b", true), ("a", "", false),
        ]
    )
    func `a glob matches as at Render`(path: String, glob: String, matches: Bool) {
        #expect(BuildFilter.matches(path, glob) == matches)
    }

    @Test func `a glob of many stars is answered at once`() {
        let glob = String(repeating: "**/", count: 200) + String(repeating: "a*", count: 200) + "b"
        #expect(
            !BuildFilter.matches(
                String(repeating: "a/", count: 500) + String(repeating: "a", count: 500),
                glob
            )
        )
    }

    @Test func `a service builds for its own files`() {
        let files = ["backend/app.py", "backend/tests/t.py", "src/main.ts"]
        #expect(BuildFilter().triggers(files) == files)
        let filter = BuildFilter(paths: ["backend/**"], ignoredPaths: ["backend/tests/**"])
        #expect(filter.triggers(files) == ["backend/app.py"])
        #expect(
            BuildFilter(rootFolder: "./backend/").triggers(files) == ["backend/app.py", "backend/tests/t.py"]
        )
        #expect(BuildFilter(rootFolder: "back").triggers(files) == [])
        #expect(BuildFilter(paths: ["src/**"], rootFolder: "backend").triggers(files) == ["src/main.ts"])
    }

    @Test(
        arguments: [
            ("https://a.example", "https://a.example"), ("HTTPS://A.example/", "https://a.example"),
            ("https://a.example:443", "https://a.example"), ("http://a.example:80/", "http://a.example"),
            ("http://localhost:5173", "http://localhost:5173"), ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://a.example:80", "https://a.example:80"), ("https://a.example/x", nil), ("*", nil),
            ("a.example", nil),
            ("https://*.example", nil), ("https://", nil), ("null", nil), ("https://a.example?x", nil),
            ("https://u@a.example", nil), ("ftp://a.example", nil),
        ] as [(String, String?)]
    )
    func `an origin has one form`(text: String, origin: String?) {
        #expect(OriginSet.origin(text) == origin)
    }

    @Test(
        arguments: [
            "https://a.example,https://b.example", " https://b.example ,, https://a.example/ ",
            "[\"https://a.example\", \"https://b.example\"]", "['https://b.example','https://a.example']",
            "https://a.example https://b.example\n", "https://a.example,https://b.example,https://A.example",
        ]
    )
    func `a list of origins is a set, however it is written`(text: String) {
        let wanted = OriginSet(["https://a.example", "https://b.example"])
        #expect(OriginSet(text).difference(to: wanted) == [])
    }

    @Test func `what is different in a list of origins is said`() {
        let wanted = OriginSet(["https://a.example", "https://b.example"])
        #expect(
            OriginSet("https://a.example,*,b.example,https://c.example").difference(to: wanted) == [
                "a pattern with * lets strangers in", "an entry is not an origin",
                "https://b.example is missing",
                "https://c.example must not be there",
            ]
        )
        #expect(OriginSet("").difference(to: wanted).count == 2)
    }

    @Test(
        arguments: [
            ("backup/main-before-sync-20250820-124908", true),
            ("backup/main-before-sync-20240229-000000", true),
            ("backup/main-before-sync-20250229-000000", false),
            ("backup/main-before-sync-20250820-240000", false),
            ("backup/main-before-sync-20250820-126060", false),
            ("backup/main-before-sync-20250820-12490", false),
            ("backup/main-before-sync-20250820-1249080", false),
            ("backup/main-before-sync-20250820T124908", false),
            ("backup/main-before-sync-2025082a-124908", false), ("backup/main-before-sync-", false),
            ("backup/main-before-sync-20250820-124908-2", false), ("main-before-sync-20250820-124908", false),
            ("backup/main-before-sync-２０２５0820-124908", false),
            ("backup/main-before-sync-00000820-124908", true),
        ]
    )
    func `the name of a backup branch has a form`(name: String, isName: Bool) {
        #expect((BackupBranchName(name, prefix: "backup/main-before-sync-") != nil) == isName)
    }

    @Test func `a new backup branch has a name that counts`() throws {
        let time = try #require(Timestamp(rfc3339: "2025-08-20T12:49:08.9Z"))
        let name = BackupBranchName(prefix: "backup/main-before-sync-", at: time).text
        #expect(name == "backup/main-before-sync-20250820-124908")
        #expect(BackupBranchName(name, prefix: "backup/main-before-sync-") != nil)
        #expect(BackupBranchName(prefix: "b-", at: Timestamp(microseconds: -1)).text == "b-19691231-235959")
    }

    @Test(
        arguments: [
            ("supabase/migrations/20261101000000_one.sql", "20261101000000"), ("m/0001_init.SQL", "0001"),
            ("m/README.md", nil), ("m/20261101_x.sql.bak", nil), ("m/seed.sql", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `a file of a migration has its version`(path: String, version: String?) {
        #expect(MigrationFile.version(path) == version)
    }

    @Test(
        arguments: [
            (Duration.seconds(45), "45s"), (.seconds(1800), "30m"), (.seconds(5400), "1h30m"),
            (.seconds(93_600), "26h"),
            (.seconds(61), "1m1s"), (.milliseconds(1500), "1.5 s"), (.zero, "0s"),
        ]
    )
    func `a duration is written as people do`(duration: Duration, text: String) {
        #expect(duration.plainText == text)
    }

    @Test func `an audit tells missing, wrong, empty, unreadable and confirmed apart`() {
        let found = [
            ProviderVariable("A", value: Secret("1")), ProviderVariable("B", value: Secret("x y")),
            ProviderVariable("C", value: nil), ProviderVariable("S", value: nil),
            ProviderVariable("E", value: Secret(" ")),
            ProviderVariable("A", value: Secret("2")),
        ]
        let audit = VariableAudit(
            of: found,
            against: ["A": "2", "B": "y z", "C": "3", "D": "4", "S": nil, "E": nil, "F": nil]
        )
        #expect(audit.confirmed == ["A", "S"])
        #expect(audit.wrong == ["B"])
        #expect(audit.unreadable == ["C"])
        #expect(audit.missing == ["D", "F"])
        #expect(audit.empty == ["E"])
        #expect(audit.linesToPaste == ["B=\"y z\"", "D=4", "F=<its secret>"])
        #expect(!audit.isClean)
    }
}
