import LookoutModel

/// A finding while it is put together: what weighs most decides its verdict.
struct FindingDraft {
    private let criterion: String
    private let title: String
    private(set) var verdict = GateReport.Verdict.go
    private var evidence: [String] = []
    private var remedy: [String] = []

    init(_ criterion: GateCriterion, _ title: String) {
        self.init(criterion.rawValue, title)
    }

    init(_ criterion: String, _ title: String) {
        self.criterion = criterion
        self.title = title
    }

    /// Something that was seen and speaks neither for nor against.
    mutating func note(_ text: String) {
        evidence.append(Self.safe(text))
    }

    /// Something that is not as it must be.
    mutating func object(_ text: String, remedy lines: String...) {
        verdict = .noGo
        add(text, lines)
    }

    /// Something that nobody can say.
    mutating func doubt(_ text: String, remedy lines: String...) {
        if verdict != .noGo { verdict = .unknown }
        add(text, lines)
    }

    /// An answer that is not there, and why.
    mutating func doubt(_ failure: ProviderFailure) {
        doubt(failure.message)
    }

    mutating func advise(_ lines: [String]) {
        for line in lines.map(Self.safe) where !remedy.contains(line) { remedy.append(line) }
    }

    private mutating func add(_ text: String, _ lines: [String]) {
        let text = Self.safe(text)
        if !evidence.contains(text) { evidence.append(text) }
        advise(lines)
    }

    /// Branches, messages and answers come from outside.
    private static func safe(_ text: String) -> String { PlainText.line(text, atMost: 600) }

    var finding: GateReport.Finding {
        GateReport.Finding(criterion, title, verdict, evidence: evidence, remedy: remedy)
    }

    /// A finding of something that was not asked.
    static func skipped(_ criterion: GateCriterion, _ title: String, _ reason: String) -> GateReport.Finding {
        GateReport.Finding(criterion.rawValue, title, .skipped(reason: safe(reason)))
    }
}
