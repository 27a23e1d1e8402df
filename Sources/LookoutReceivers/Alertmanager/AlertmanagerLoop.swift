import LookoutAlerting
import LookoutModel

/// Keeps one Alertmanager informed, round by round, independently of all others.
struct AlertmanagerLoop {
    static let interval = Duration.seconds(60)
    /// How soon a round that failed is made up for.
    static let pause = Duration.seconds(15)

    let endpoint: AlertmanagerEndpoint
    /// The name of the receiver that it belongs to.
    let receiver: String

    /// Raised when the severity of an alert may have changed.
    let renames: WakeSignal

    /// Goes on until the task is cancelled; the first round is at once, since whoever was restarted may
    /// have been away for long.
    ///
    /// Between rounds, what an alert was called before its severity changed is ended.
    func run(with alerts: CurrentAlerts, _ tools: ReceiverTools) async {
        var book = AlertmanagerBook(receiver: receiver)
        var journal = Journal(address: endpoint.address)
        var next = tools.timekeeper.now.monotonic
        while true {
            let seen = renames.generation
            let began = tools.timekeeper.now
            let isRound = began.monotonic >= next
            let current = await alerts()
            let assertions =
                isRound ? book.round(current, at: began.wall) : book.renamed(current, at: began.wall)
            let outcome = await endpoint.post(assertions, tools)
            guard !Task.isCancelled else { return }
            if isRound { next = began.monotonic + Self.interval }
            if outcome.failure != nil { next = min(next, began.monotonic + Self.pause) }
            if isRound { for line in journal.lines(on: outcome) { tools.report(line) } }
            await renames.wait(beyond: seen, until: next, tools.timekeeper)
            guard !Task.isCancelled else { return }
        }
    }

    /// Says once what goes wrong, and once that it is well again.
    struct Journal {
        let address: String
        private var isFailing = false
        private var refused: Set<[String: String]> = []

        init(address: String) {
            self.address = address
        }

        mutating func lines(on outcome: AlertmanagerEndpoint.Outcome) -> [String] {
            var lines: [String] = []
            if let reason = outcome.failure?.reason {
                if !isFailing {
                    lines.append("the Alertmanager at \(address) cannot be kept informed: \(reason)")
                }
                isFailing = true
                return lines
            }
            if isFailing { lines.append("the Alertmanager at \(address) is informed again") }
            isFailing = false
            for (assertion, reason) in outcome.refused where !refused.contains(assertion.labels) {
                let name = assertion.labels["alertname"] ?? ""
                lines.append("the Alertmanager at \(address) does not take the alert \(name): \(reason)")
            }
            refused = Set(outcome.refused.map(\.assertion.labels))
            return lines
        }
    }
}

extension SendVerdict {
    /// Why it was not taken; nil if it was.
    var reason: String? {
        switch self {
        case .accepted: nil
        case .retry(_, let reason), .broken(let reason), .rejected(let reason): reason
        }
    }
}
