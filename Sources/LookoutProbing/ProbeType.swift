package import LookoutHTTP
package import LookoutModel
package import LookoutSettings

/// A way of asking: `http`, `cors`, `websocket`, `page`.
///
/// A new type is one file that conforms and one line in the list that registers it. Everything
/// that is special about it stays with it: its settings (and so its part of the JSON Schema) and
/// the facts that rules may use as `sample.<name>.<fact>`.
package protocol ProbeType: Sendable {
    associatedtype Settings: LookoutSettings.Settings

    /// The word in the configuration's `type`.
    static var name: String { get }
    /// One sentence for `--help`, the schema and the docs.
    static var summary: String { get }
    /// What its observations report in `facts`, by name. Missing facts are null in rules.
    static var facts: [FactField] { get }

    init(settings: Settings)

    /// Asks once. Never throws and never traps: whatever happens is a result. Returns within
    /// the context's timeout, and soon after the task is cancelled.
    func run(_ context: ProbeContext) async -> ProbeResult
}

/// What a probe may use while it runs.
package struct ProbeContext: Sendable {
    package var transport: any HTTPTransport
    package var timekeeper: any Timekeeper
    /// Time for the whole run, all steps together.
    package var timeout: Duration

    package init(transport: any HTTPTransport, timekeeper: any Timekeeper, timeout: Duration) {
        self.transport = transport
        self.timekeeper = timekeeper
        self.timeout = timeout
    }
}

/// What one run of a probe came to; the scheduler makes a `Sample` of it.
package struct ProbeResult: Hashable, Sendable {
    package var outcome: Outcome
    package var timings: Timings
    package var statusCode: Int?
    package var version: String?
    package var observation: Observation

    package init(
        _ outcome: Outcome,
        timings: Timings = Timings(),
        statusCode: Int? = nil,
        version: String? = nil,
        observation: Observation = Observation()
    ) {
        self.outcome = outcome
        self.timings = timings
        self.statusCode = statusCode
        self.version = version
        self.observation = observation
    }
}
