import FoundationEssentials
import LookoutDeployments
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct DeploymentRecordTests {
    private static let began = Timestamp(seconds: 1_755_694_148) + .milliseconds(700)
    private static let intent = DeploymentIntent(
        environment: "production",
        trigger: "PAM backend connectivity issues",
        changes: [
            "Environment variable synchronization", "CORS configuration fixes",
            "Backend health monitoring improvements",
        ],
        author: "ann"
    )

    private func events(_ kinds: DeploymentEvent.Kind...) -> [DeploymentEvent] {
        ([.began(Self.intent, origin: .person)] + kinds).enumerated().map {
            DeploymentEvent(at: Self.began + .seconds(60 * $0.offset), $0.element)
        }
    }

    private static let passed: [DeploymentEvent.Kind] = [
        "backend-health", "cors", "websocket", "markers", "frontend", "page-load", "errors", "user-reports",
    ].map { .validated(ValidationResult(item: $0, verdict: .passed, detail: "seen")) }

    private func good() throws -> DeploymentRecord {
        let commit = try #require(CommitID(String(repeating: "a", count: 40)))
        let kinds: [DeploymentEvent.Kind] =
            [
                .began(Self.intent, origin: .person),
                .backupSeen(branch: "backup/main-before-sync-20250820-124908", commit: commit),
            ] + Self.passed + [.judged(WatchVerdict(.pass, reasons: [])), .closed(.successful)]
        return try #require(DeploymentRecord(of: kinds.map { DeploymentEvent(at: Self.began, $0) }))
    }

    @Test func `A good deployment is written as the workflow's template is, to the letter`() throws {
        expectGolden(try good().markdown, "record.md")
    }

    @Test func `What was written is read again as the same record`() throws {
        let records = DeploymentRecord.records(in: try good().markdown)
        #expect(try records == [good()])
        #expect(records.first?.validations.map(\.text) == ["Healthy", "Working", "Normal", "No issues"])
    }

    @Test(
        .enabled(if: SourceTree.shared() != nil, "the requirements are not here; LOOKOUT_SHARED names them")
    )
    func `The template of the workflow holds exactly this record, to the letter`() throws {
        let shared = try #require(SourceTree.shared())
        let page = shared.appending(path: "requirements/deployment-workflow.md")
        let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
        #expect(text.contains(try good().markdown))
        #expect(try DeploymentRecord.records(in: text) == [good()])
    }

    @Test func `Nothing known is said as not known`() throws {
        let record = try #require(DeploymentRecord(of: events()))
        #expect(record.result == "⏳ In progress")
        #expect(record.issues == "Not known")
        #expect(record.rollbackRequired == "Not known")
        #expect(record.backupBranch == "None")
        #expect(record.validations.map(\.verdict) == [.unknown, .unknown, .unknown, .unknown])
    }

    @Test func `Without a beginning there is no record`() {
        #expect(DeploymentRecord(of: []) == nil)
        #expect(DeploymentRecord(of: [DeploymentEvent(at: Self.began, .recovered)]) == nil)
    }

    @Test func `The worst of what was validated stands in the line`() throws {
        let record = try #require(
            DeploymentRecord(
                of: events(
                    .validated(ValidationResult(item: "backend-health", verdict: .passed, detail: "")),
                    .validated(
                        ValidationResult(item: "cors", verdict: .failed, detail: "our origin is refused")
                    ),
                    .validated(ValidationResult(item: "trip-planning", verdict: .passed, detail: ""))
                )
            )
        )
        #expect(record.validations.first?.verdict == .failed)
        #expect(record.validations.first?.text == "our origin is refused")
        #expect(record.validations.last?.item == "trip-planning")
    }

    @Test func `An emergency says what was skipped and who went on in spite of it`() throws {
        var intent = Self.intent
        intent.isEmergency = true
        intent.reason = "nobody can log in"
        let report = GateReport(
            at: Self.began,
            environment: "production",
            isEmergency: true,
            findings: [
                GateReport.Finding("staging-healthy", "staging is healthy", .skipped(reason: "no time"))
            ]
        )
        let kinds: [DeploymentEvent.Kind] = [
            .began(intent, origin: .person), .gateJudged(report),
            .overridden(criterion: "reviews", by: "ann", reason: "pair of eyes on the phone"),
        ]
        let record = try #require(DeploymentRecord(of: kinds.map { DeploymentEvent(at: Self.began, $0) }))
        #expect(record.trigger.hasPrefix("EMERGENCY (nobody can log in): "))
        #expect(record.issues.contains("gate skipped staging-healthy: no time"))
        #expect(record.issues.contains("reviews overridden by ann: pair of eyes on the phone"))
    }

    @Test func `An amendment says who made it and when, and the newest counts`() throws {
        let record = try #require(
            DeploymentRecord(
                of: events(
                    .amended(field: "issues", text: "chat was slow", by: "bob"),
                    .amended(field: "issues", text: "chat was down", by: "eve"),
                    .amended(field: "Login", text: "works", by: "eve")
                )
            )
        )
        #expect(record.issues == "chat was down (amended 2025-08-20T12:51:08Z by eve)")
        #expect(record.validations.last?.item == "Login")
    }

    @Test func `Hostile words cannot pass for a field or for another record`() throws {
        let evil =
            "x\n**Result**: ✅ Successful\n\n## Deployment: 2025-01-01T00:00:00Z\n<script>[a](b) `c` \u{1B}[2J"
        var record = try good()
        record.trigger = evil
        record.changes = [evil, "**Issues**: None"]
        record.result = "❌ Failed: \(evil)"
        record.validations[0].item = "a: ✅ b\n- c"
        record.validations[0].text = evil
        let markdown = record.markdown
        let records = DeploymentRecord.records(in: markdown)
        #expect(records.count == 1)
        #expect(records.first?.result.hasPrefix("❌ Failed: ") == true)
        #expect(records.first?.changes.count == 2)
        #expect(records.first?.issues == "None")
        #expect(!markdown.contains("\u{1B}"))
        #expect(markdown.split(separator: "\n").filter { $0.hasPrefix("**Result**") }.count == 1)
        #expect(!markdown.contains("<script>") || markdown.contains("\\<script\\>"))
    }

    @Test func `What is written is read again as the same, whatever it holds`() async {
        let alphabet =
            Array("ab:*_`<>[]#-\\ \n\t\u{1B}é✅❌❔").map(String.init) + [
                "**Result**: ", "## Deployment: ", "- ",
            ]
        await checkAll(cases: 300) { generator in
            func text() -> String {
                (0..<Int.random(in: 0...12, using: &generator))
                    .map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
            }
            let record = DeploymentRecord(
                deployment: Timestamp(seconds: Int64.random(in: 0...4_000_000_000, using: &generator)),
                trigger: text(),
                changes: (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() },
                backupBranch: text(),
                result: text(),
                issues: text(),
                rollbackRequired: text(),
                validations: (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    DeploymentRecord.Validation(
                        item: text(),
                        verdict: [.passed, .failed, .unknown].randomElement(using: &generator) ?? .unknown,
                        text: text()
                    )
                }
            )
            let read = DeploymentRecord.records(in: record.markdown)
            try #require(read.count == 1, "\(record.markdown)")
            // Written once more it is the same, so what was read holds all that was written.
            try #require(read[0].markdown == record.markdown)
            try #require(DeploymentRecord.records(in: read[0].markdown) == read)
        }
    }

    @Test func `The history has every record, the newest first`() throws {
        var older = try good()
        older.deployment = Timestamp(seconds: 1_700_000_000)
        let history = DeploymentRecord.history([older, try good()])
        #expect(try DeploymentRecord.records(in: history) == [good(), older])
    }
}
