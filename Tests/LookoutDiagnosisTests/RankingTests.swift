import LookoutDeployments
import LookoutDiagnosis
import LookoutModel
import LookoutTestSupport
import Testing

@Suite struct RankingTests {
    private func probability(
        _ lines: String...,
        of symptoms: Symptoms = SymptomFixture.healthy
    ) throws -> Double {
        let text =
            "causes:\n  - id: a\n    title: t\n    needs: 'true'\n" + lines.map { "    \($0)\n" }.joined()
        let (knowledge, errors) = try KnowledgeFixture.compile(text)
        #expect(errors == [])
        return try #require(knowledge?.diagnoses(of: symptoms).first).probability
    }

    private func isClose(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 1e-12 }

    @Test func `Odds are the prior times the weights, against 1 for something else`() throws {
        #expect(isClose(try probability("prior: 0.25"), 0.25 / 1.25))
        let weighted = try probability("prior: 0.25", "evidence: [{when: 'true', weight: 8, text: x}]")
        #expect(isClose(weighted, 2.0 / 3))
        let both = try probability(
            "prior: 0.25",
            "evidence: [{when: 'true', weight: 8, text: x}]",
            "against: [{when: 'true', weight: 4, text: x}]"
        )
        #expect(isClose(both, 0.5 / 1.5))
    }

    @Test func `Evidence of one group counts once, with its greatest weight`() throws {
        let grouped = try probability(
            "prior: 0.25",
            "evidence: [{when: 'true', weight: 8, text: x, group: g}, {when: 'true', weight: 4, text: y, group: g}]"
        )
        #expect(isClose(grouped, 2.0 / 3))
    }

    @Test func `No amount of evidence makes certain`() throws {
        let sure = try probability(
            "prior: 1",
            "evidence: [{when: 'true', weight: 1000000, text: x}, {when: 'true', weight: 1000000, text: y}]"
        )
        #expect(isClose(sure, 10_000.0 / 10_001))
    }

    @Test func `What is false or not known weighs nothing, and only the unknown is listed`() throws {
        var symptoms = SymptomFixture.healthy
        symptoms.database = .unknown(.unreachable("Supabase: no answer"))
        let text = """
            causes:
              - id: a
                title: t
                needs: 'true'
                prior: 0.25
                evidence:
                  - {when: database.paused, weight: 100, text: x}
                  - {when: offline, weight: 100, text: y}
                  - {when: offline && database.paused, weight: 100, text: z}
                against:
                  - {when: '!database.paused', weight: 100, text: x}
            """
        let knowledge = try KnowledgeFixture.compile(text).knowledge
        let first = try #require(knowledge?.diagnoses(of: symptoms).first)
        #expect(isClose(first.probability, 0.2))
        #expect(first.unknown == ["Supabase: no answer"])
        #expect(first.evidence == [] && first.counterEvidence == [])
    }

    @Test func `A cause whose need is not known does not come into question`() throws {
        var symptoms = SymptomFixture.healthy
        symptoms.database = .unknown(.unreachable("Supabase: no answer"))
        let knowledge = try KnowledgeFixture.compile(
            KnowledgeFixture.cause("a", "title: t", "needs: '!database.paused'")
        ).knowledge
        #expect(knowledge?.diagnoses(of: symptoms) == [])
    }

    @Test func `More evidence never makes a cause less likely, and the order of files breaks ties`()
        async throws
    {
        await checkAll(cases: 60) { generator in
            let weights = (0..<4).map { _ in Double.random(in: 1.1...50, using: &generator) }
            var before = 0.0
            for count in 0...4 {
                let evidence = weights.prefix(count).map { "{when: 'true', weight: \($0), text: x}" }
                let now = try self.probability(
                    "prior: 0.01",
                    "evidence: [\(evidence.joined(separator: ", "))]"
                )
                try #require(now >= before)
                before = now
            }
        }
        let texts = ["b", "a"].map { KnowledgeFixture.cause($0) }
        let knowledge = try KnowledgeFixture.compile(texts[0], texts[1]).knowledge
        #expect(knowledge?.diagnoses(of: SymptomFixture.healthy).map(\.cause) == ["b", "a"])
    }
}
