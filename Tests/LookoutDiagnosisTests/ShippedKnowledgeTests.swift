import LookoutDeployments
import LookoutDiagnosis
import LookoutModel
import Testing

@Suite struct ShippedKnowledgeTests {
    private let knowledge: Knowledge

    init() throws { knowledge = try ShippedKnowledge.load() }

    @Test(arguments: CauseCase.all)
    func `Each cause's own symptoms rank it first`(_ example: CauseCase) {
        var symptoms = SymptomFixture.healthy
        example.apply(&symptoms)
        let diagnoses = knowledge.diagnoses(of: symptoms)
        #expect(
            diagnoses.first?.cause == example.cause,
            "\(diagnoses.map { "\($0.cause) \($0.probability)" })"
        )
        #expect(diagnoses.first?.evidence.isEmpty == false)
        #expect(diagnoses.first?.fixes.isEmpty == false)
    }

    @Test func `Every cause is reached by a case`() {
        #expect(Set(knowledge.causeNames) == Set(CauseCase.all.map(\.cause)))
    }

    @Test func `Where all is well there is no cause`() {
        #expect(knowledge.diagnoses(of: SymptomFixture.healthy) == [])
    }

    @Test func `A deployment with which all is well has no cause`() {
        var symptoms = SymptomFixture.healthy
        symptoms.deploy([.frontend, .backend])
        #expect(knowledge.diagnoses(of: symptoms) == [])
    }

    /// Two faults at once: whatever is named first is one of the two, or what the two are together.
    @Test func `Two overlapping causes leave no room for a third`() {
        var wrong: [String] = []
        for one in CauseCase.all {
            for other in CauseCase.all where other.cause != one.cause {
                var symptoms = SymptomFixture.healthy
                one.apply(&symptoms)
                other.apply(&symptoms)
                let first = knowledge.diagnoses(of: symptoms).first?.cause ?? "nothing"
                if ![one.cause, other.cause].contains(first), !Self.isBoth(first, one.cause, other.cause) {
                    wrong.append("\(one.cause) + \(other.cause): \(first)")
                }
            }
        }
        #expect(wrong == [])
    }

    /// A cause that covers both, since one of the two is a part of it.
    private static func isBoth(_ first: String, _ one: String, _ other: String) -> Bool {
        let parts = [
            "bad-backend": "cors-code", "bad-frontend": "bad-code",
            "variables-changed": "variables-not-in-effect",
        ]
        return parts[first].map { [one, other].contains($0) } ?? false
    }

    /// Runs read back from the store have no observation; only what needs one is not told apart then.
    @Test func `Without what checks saw, the causes that alerts and providers show still come first`() {
        let needsObservation: Set = [
            "no-server", "cold-start", "dns", "websocket-guarded", "websocket-blocked", "stale-cdn",
        ]
        var wrong: [String] = []
        for example in CauseCase.all where !needsObservation.contains(example.cause) {
            var symptoms = SymptomFixture.healthy
            example.apply(&symptoms)
            for index in symptoms.checks.indices { symptoms.checks[index].observation = nil }
            let first = knowledge.diagnoses(of: symptoms).first?.cause ?? "nothing"
            if first != example.cause { wrong.append("\(example.cause): \(first)") }
        }
        #expect(wrong == [])
    }

    @Test func `Nothing known is nothing named`() {
        let failure = ProviderFailure.unreachable("Render: no answer")
        let symptoms = Symptoms(
            now: SymptomFixture.now,
            environment: "production",
            database: .unknown(failure)
        )
        #expect(knowledge.diagnoses(of: symptoms) == [])
    }

    @Test
    func
        `A provider that cannot be asked is listed as unknown, and is neither evidence nor counter-evidence`()
        throws
    {
        var symptoms = SymptomFixture.healthy
        symptoms.backendAnswers(500)
        symptoms.deploy([.backend])
        symptoms.database = .unknown(.unauthorized("Supabase: the token is not accepted"))
        let first = try #require(knowledge.diagnoses(of: symptoms).first)
        #expect(first.cause == "bad-backend")
        #expect(first.unknown.contains("Supabase: the token is not accepted"))
        #expect(!(first.evidence + first.counterEvidence).contains { $0.contains("database") })
    }

    @Test func `A stopped backend looks like CORS, and CORS is not blamed`() throws {
        var symptoms = SymptomFixture.healthy
        symptoms.backendAnswers(503)
        symptoms.change(\.backend) { $0.obstacles.append(.suspended(by: "user")) }
        symptoms.corsRefuses()
        let diagnoses = knowledge.diagnoses(of: symptoms)
        #expect(diagnoses.first?.cause == "service-suspended")
        if let cors = diagnoses.first(where: { $0.cause == "cors-variable" }) {
            #expect(!cors.counterEvidence.isEmpty)
        }
    }

    @Test func `Fixes are commands with real values and the names of tokens`() throws {
        var symptoms = SymptomFixture.healthy
        try #require(CauseCase.all.first { $0.cause == "missing-variables" }).apply(&symptoms)
        let fixes = try #require(knowledge.diagnoses(of: symptoms).first).fixes
        #expect(fixes.map(\.text).contains("set APP_URL=https://pam-backend.onrender.com at Render"))
        let command = try #require(fixes.first?.command)
        #expect(command.shellText.contains("https://api.render.com/v1/services/srv-1/env-vars/APP_URL"))
        #expect(command.shellText.contains(#""Authorization: Bearer $RENDER_API_KEY""#))
        #expect(fixes.contains { $0.text.contains("<variable.NODE_ENV>") && $0.command == nil })
    }

    @Test func `Probabilities are below 1 together and fall from cause to cause`() {
        for example in CauseCase.all {
            var symptoms = SymptomFixture.healthy
            example.apply(&symptoms)
            let probabilities = knowledge.diagnoses(of: symptoms).map(\.probability)
            #expect(probabilities.reduce(0, +) < 1)
            #expect(probabilities == probabilities.sorted(by: >))
        }
    }

    @Test func `The log texts to look for are those that the conditions name`() {
        #expect(
            knowledge.logTexts == [
                "UndefinedColumn", "UndefinedTable", "does not exist", "no running event loop",
            ]
        )
    }

    @Test func `Hostile words of providers are shown escaped`() throws {
        var symptoms = SymptomFixture.healthy
        symptoms.oldFrontend(.failed(reason: "\u{1B}[2Jboom\n- **Result**: fine"))
        let first = try #require(knowledge.diagnoses(of: symptoms).first)
        let text = (first.evidence + first.fixes.map(\.text) + [first.title]).joined()
        #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\n" })
    }
}
