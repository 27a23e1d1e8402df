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

    /// Goes on until the task is cancelled; the first round is at once, since whoever was restarted may
    /// have been away for long.
    func run(with alerts: CurrentAlerts, _ tools: ReceiverTools) async {
        var book = AlertmanagerBook(receiver: receiver)
        var journal = Journal(address: endpoint.address)
        var isCancelled = false
        while !isCancelled {
            let began = tools.timekeeper.now
            let assertions = book.round(await alerts(), at: began.wall)
            let outcome = await endpoint.post(assertions, tools)
            guard !Task.isCancelled else { return }
            for line in journal.lines(on: outcome) { tools.report(line) }
            let wait = outcome.failure == nil ? Self.interval : Self.pause
            isCancelled = (try? await tools.timekeeper.sleep(until: began.monotonic + wait)) == nil
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
