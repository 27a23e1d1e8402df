import LookoutModel
import Testing

@Suite struct `Values of the model` {
    @Test(arguments: [("production/backend-health", "production", "backend-health"), ("a/b/c", "a", "b/c")])
    func `a check's name is read at its first slash`(text: String, environment: String, probe: String) {
        #expect(CheckID(text) == CheckID(environment: environment, probe: probe))
        #expect(CheckID(text)?.description == text)
    }

    @Test(arguments: ["", "/", "a", "a/", "/b"]) func `what lacks a part is no check's name`(text: String) {
        #expect(CheckID(text) == nil)
    }

    @Test func `checks are ordered by environment and then by probe`() throws {
        let names = try ["b/a", "a/b", "a/a", "a-b/a"].map { try #require(CheckID($0)) }
        #expect(names.sorted().map(\.description) == ["a/a", "a/b", "a-b/a", "b/a"])
    }

    @Test func `a check bears its environment and probe as labels, whatever it is given`() {
        let check = Check(
            id: CheckID(environment: "e", probe: "p"),
            type: "http",
            interval: .seconds(1),
            timeout: .seconds(1),
            labels: ["environment": "other", "tier": "x"]
        )
        #expect(check.labels == ["environment": "e", "probe": "p", "tier": "x"])
    }

    @Test func `labels are sorted by bytes, and the other's win where both have a name`() {
        let labels: Labels = ["b": "1", "é": "2", "a": "3", "B": "4"]
        #expect(labels.sorted.map(\.name) == ["B", "a", "b", "é"])
        #expect(labels.merging(["b": "5"])["b"] == "5")
    }

    @Test func `severity 1 is the worst`() {
        #expect(Severity.outage.isWorse(than: .major))
        #expect(!Severity.minor.isWorse(than: .minor))
        #expect(Severity.allCases.min() == .outage)
    }

    @Test(
        arguments: [
            (Outcome.ok, true, nil), (.failed(Failure(.dns, "no such host")), true, "no such host"),
            (.error("broken"), false, "broken"), (.inconclusive("offline"), false, "offline"),
        ] as [(Outcome, Bool, String?)]
    )
    func `only what says something about the target is conclusive`(
        outcome: Outcome,
        isConclusive: Bool,
        message: String?
    ) {
        #expect(outcome.isConclusive == isConclusive)
        #expect(outcome.message == message)
    }

    @Test func `times and durations are counted in microseconds`() {
        let time = Timestamp(seconds: 10) + .milliseconds(1500)
        #expect(time.microseconds == 11_500_000)
        #expect(time - Timestamp(seconds: 12) == .milliseconds(-500))
        #expect(Duration.nanoseconds(1999).microseconds == 1)
        #expect(Duration.milliseconds(-1500).microseconds == -1_500_000)
        #expect(Duration.milliseconds(-1500).inSeconds == -1.5)
    }

    @Test func `a chain expires with its first certificate`() {
        func certificate(until seconds: Int64) -> Certificate {
            Certificate(
                subject: "s",
                issuer: "i",
                names: [],
                notBefore: .epoch,
                notAfter: Timestamp(seconds: seconds)
            )
        }
        let chain = CertificateChain(
            certificates: [certificate(until: 9), certificate(until: 5)],
            isTrusted: true
        )
        #expect(chain.earliestExpiry == Timestamp(seconds: 5))
        #expect(CertificateChain(certificates: [], isTrusted: false).earliestExpiry == nil)
    }
}
