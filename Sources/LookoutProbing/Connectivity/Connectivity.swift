package import LookoutModel

/// Whether this machine has a network, by what references answer: decides, and asks nobody.
///
/// Offline is when most references cannot be reached. One that Lookout could not ask does not count as such.
package struct Connectivity: Sendable {
    /// What the operator says of it.
    package struct Options: Hashable, Sendable {
        /// At least three, on different networks; or none, and the question is never asked.
        package var references: [ConnectivityReference]
        /// Time that a reference has to answer.
        package var timeout: Duration

        package init(references: [ConnectivityReference] = [], timeout: Duration = .seconds(2)) {
            self.references = references
            self.timeout = timeout
        }
    }

    /// How a reference answered.
    package enum Answer: Hashable, Sendable {
        case reached
        case unreachable(String)
        /// Lookout itself could not ask.
        case unasked
    }

    /// A time without a network that is over.
    package struct PastOutage: Hashable, Sendable {
        package var outage: NetworkOutage
        package var end: Timestamp
    }

    /// What has changed.
    package enum Change: Hashable, Sendable {
        case lost(NetworkOutage)
        case returned(PastOutage)
    }

    /// How long an answer holds.
    package static let freshness = Duration.seconds(5)

    package private(set) var options: Options
    /// The outage that goes on, as far as is known.
    package private(set) var outage: NetworkOutage?
    private var lastOutage: PastOutage?
    private var askedAt: Duration?

    package init(_ options: Options = Options()) {
        self.options = options
    }

    package var isAsked: Bool { !options.references.isEmpty }

    /// Whether the last answer still holds.
    func isFresh(at now: Duration) -> Bool {
        askedAt.map { now - $0 < Self.freshness } ?? false
    }

    /// The outage that a run fell into which began at a time: the present one, or one that has ended since.
    func outage(since start: Timestamp) -> NetworkOutage? {
        outage ?? lastOutage.flatMap { $0.end > start ? $0.outage : nil }
    }

    /// Whether so many answers are enough to tell, whatever the others will say.
    func isDecided(_ answers: some Collection<Answer>) -> Bool {
        let count = options.references.count
        let unreachable = answers.count { $0.isUnreachable }
        return unreachable * 2 > count || (answers.count - unreachable) * 2 >= count
    }

    /// Takes the references' answers in; what has changed by them.
    mutating func note(
        _ answers: [ConnectivityReference: Answer],
        at now: Moment
    ) -> Change? {
        askedAt = now.monotonic
        let reasons = options.references.compactMap { reference -> String? in
            guard case .unreachable(let reason) = answers[reference] else { return nil }
            return "\(reference) (\(reason))"
        }
        if reasons.count * 2 > options.references.count {
            guard outage == nil else { return nil }
            let count = "\(reasons.count) of \(options.references.count) references cannot be reached"
            let outage = NetworkOutage(
                since: now.wall,
                reason: "\(count): \(reasons.joined(separator: ", "))"
            )
            self.outage = outage
            return .lost(outage)
        }
        return end(at: now.wall)
    }

    /// Goes on with other references; what was known is asked anew.
    mutating func replace(_ options: Options, at now: Moment) -> Change? {
        guard options != self.options else { return nil }
        self.options = options
        askedAt = nil
        return isAsked ? nil : end(at: now.wall)
    }

    private mutating func end(at now: Timestamp) -> Change? {
        guard let outage = outage.take() else { return nil }
        let past = PastOutage(outage: outage, end: now)
        lastOutage = past
        return .returned(past)
    }
}

extension Connectivity.Answer {
    fileprivate var isUnreachable: Bool {
        if case .unreachable = self { true } else { false }
    }
}

extension FailureClass {
    /// Whether this machine's own network may be the reason.
    package var mayBeOwnNetwork: Bool {
        switch self {
        case .dns, .connect, .timeout: true
        case .tls, .protocolViolation, .status, .header, .body, .size, .closed, .condition: false
        }
    }
}
