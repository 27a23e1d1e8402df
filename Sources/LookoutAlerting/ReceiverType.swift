package import LookoutHTTP
package import LookoutModel
package import LookoutSettings

/// A way of telling: `alertmanager_webhook`, `terminal`, `journal`.
///
/// A new type is one file that conforms and one line in the list that registers it. Its settings
/// belong to it.
package protocol ReceiverType: Sendable {
    associatedtype Settings: LookoutSettings.Settings

    /// The word in the configuration's `type`.
    static var name: String { get }
    /// One sentence for `--help`, the schema and the docs.
    static var summary: String { get }

    /// The receiver that the configuration calls `name`.
    init(name: String, settings: Settings)

    /// Sends once and says how it went. Never throws and never traps.
    ///
    /// Called by one task at a time. Returns within `tools.timeout`, and soon after the task is
    /// cancelled. The same notice comes again if the outcome could not be recorded, so the notice's
    /// id goes along wherever the peer can use it to tell a repetition.
    func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict
}

/// How an attempt to tell a receiver went.
package enum SendVerdict: Hashable, Sendable {
    case delivered
    /// It did not work this time. With `after`, the receiver itself asked to be left alone so long.
    case retry(after: Duration?, reason: String)
    /// The receiver cannot work as it is configured: a wrong password, an address that is gone.
    case broken(reason: String)
    /// The receiver works, but will never take this notice.
    case rejected(reason: String)
}

/// What a receiver may use while it sends.
package struct ReceiverTools: Sendable {
    package var transport: any HTTPTransport
    package var timekeeper: any Timekeeper
    package var output: any LineOutput
    package var errorOutput: any LineOutput
    /// Where people reach this Lookout, for links; empty if nowhere.
    package var externalURL: String
    /// Time for one attempt, all steps together.
    package var timeout: Duration

    package init(
        transport: any HTTPTransport,
        timekeeper: any Timekeeper,
        output: any LineOutput,
        errorOutput: any LineOutput,
        externalURL: String = "",
        timeout: Duration = .seconds(15)
    ) {
        self.transport = transport
        self.timekeeper = timekeeper
        self.output = output
        self.errorOutput = errorOutput
        self.externalURL = externalURL
        self.timeout = timeout
    }
}

/// A place that lines of text are written to: standard output, standard error.
package protocol LineOutput: Sendable {
    /// Whether colours do good: a terminal that shows them and a person who has not declined them.
    var showsColor: Bool { get }

    /// Writes all of the text, or throws.
    ///
    /// Waits on the timekeeper while the reader is slow, and never blocks a thread. Ends when cancelled.
    func write(_ text: String, timekeeper: any Timekeeper) async throws
}
