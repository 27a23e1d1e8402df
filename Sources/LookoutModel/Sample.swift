/// The result of one run of a check.
package struct Sample: Hashable, Sendable {
    package var check: CheckID
    /// When the run began.
    package var startedAt: Timestamp
    package var outcome: Outcome
    package var timings: Timings
    /// How many attempts were made: more than 1 means that earlier ones failed.
    package var attempts: Int
    /// The HTTP status of the (last) answer, where there was one.
    package var statusCode: Int?
    /// The version that the target says it runs, where it says so.
    package var version: String?
    /// What was seen.
    ///
    /// Present on a fresh sample, absent on one read back from the store.
    package var observation: Observation?

    package init(
        check: CheckID,
        startedAt: Timestamp,
        outcome: Outcome,
        timings: Timings = Timings(),
        attempts: Int = 1,
        statusCode: Int? = nil,
        version: String? = nil,
        observation: Observation? = nil
    ) {
        self.check = check
        self.startedAt = startedAt
        self.outcome = outcome
        self.timings = timings
        self.attempts = attempts
        self.statusCode = statusCode
        self.version = version
        self.observation = observation
    }
}

/// What one run of a check came to.
///
/// Unknown is a value of its own.
package enum Outcome: Hashable, Sendable {
    /// The target answered as expected.
    case ok
    /// The target did not answer, or not as expected.
    case failed(Failure)
    /// Lookout itself could not ask: out of descriptors, a bad setting, a fault of its own.
    case error(String)
    /// Nothing can be said about the target, for instance because Lookout is offline.
    case inconclusive(String)

    /// The word used in files, pages and rules: `ok`, `failed`, `error` or `inconclusive`.
    package var name: String {
        switch self {
        case .ok: "ok"
        case .failed: "failed"
        case .error: "error"
        case .inconclusive: "inconclusive"
        }
    }

    /// The failure, if the target failed.
    package var failure: Failure? {
        if case .failed(let failure) = self { failure } else { nil }
    }

    /// Whether the run says something about the target: only these feed rules and statistics.
    package var isConclusive: Bool {
        switch self {
        case .ok, .failed: true
        case .error, .inconclusive: false
        }
    }

    /// What a person is told: the failure's message or the reason; nil if all is well.
    package var message: String? {
        switch self {
        case .ok: nil
        case .failed(let failure): failure.message
        case .error(let message), .inconclusive(let message): message
        }
    }
}

/// Why a target failed: a class from a closed set, which may be a metric label, and words for people.
package struct Failure: Hashable, Sendable {
    package var kind: FailureClass
    /// What was seen against what was expected, in one sentence.
    package var message: String

    package init(_ kind: FailureClass, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// The closed set of ways in which a target can fail.
package enum FailureClass: String, CaseIterable, Hashable, Sendable {
    /// The name could not be resolved.
    case dns
    /// The connection was refused, reset, or unreachable.
    case connect
    /// The TLS handshake failed or the certificate was not accepted.
    case tls
    /// A step took longer than it may.
    case timeout
    /// The peer broke its protocol: no valid HTTP, no valid WebSocket frames.
    case protocolViolation = "protocol"
    /// The HTTP status was not an expected one.
    case status
    /// A response header was not as expected.
    case header
    /// The body was not as expected.
    case body
    /// The answer was larger than it may be.
    case size
    /// The peer closed a connection that should have stayed open.
    case closed
    /// An expectation of the check was not met, though the exchange itself worked.
    case condition
}
