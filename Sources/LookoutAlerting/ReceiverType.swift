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
    /// What the dispatcher has to know of all receivers of the type.
    static var traits: ReceiverTraits { get }

    /// The receiver that the configuration calls `name`.
    init(name: String, settings: Settings)

    /// Sends once and says how it went. Never throws and never traps.
    ///
    /// Called by one task at a time. Returns within `tools.timeout`, and soon after the task is
    /// cancelled. The same notice comes again if the outcome could not be recorded, so the notice's
    /// id goes along wherever the peer can use it to tell a repetition.
    func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict

    /// Does what the receiver has to do besides sending, from Lookout's start until the task is cancelled;
    /// most have nothing to do and return at once.
    ///
    /// The alerts are all that there are at the time of asking, those resolved in the last quarter of an
    /// hour included.
    func keepUp(with alerts: @escaping CurrentAlerts, _ tools: ReceiverTools) async
}

/// Gives the alerts as they are when it is called.
package typealias CurrentAlerts = @Sendable () async -> [Alert]

extension ReceiverType {
    package static var traits: ReceiverTraits { ReceiverTraits() }

    package func keepUp(with alerts: @escaping CurrentAlerts, _ tools: ReceiverTools) async {}
}

/// How receivers of a type work.
package struct ReceiverTraits: Hashable, Sendable {
    /// Whether the peer keeps alerts by their names and ends them itself (PagerDuty, Alertmanager): then
    /// every notice is sent by itself, and what has fired is sent before its end.
    package var isKeyed: Bool
    /// Whether it works without a network, so that it can tell of the network's absence.
    package var isLocal: Bool
    /// Whether it starts programs, so that nobody can see beforehand what it would do.
    package var startsPrograms: Bool
    /// Whether it can be told of alerts and of nothing else.
    package var takesAlertsOnly: Bool

    package init(
        isKeyed: Bool = false,
        isLocal: Bool = false,
        startsPrograms: Bool = false,
        takesAlertsOnly: Bool = false
    ) {
        self.isKeyed = isKeyed
        self.isLocal = isLocal
        self.startsPrograms = startsPrograms
        self.takesAlertsOnly = takesAlertsOnly
    }
}

/// How an attempt to tell a receiver went.
package enum SendVerdict: Hashable, Sendable {
    /// It has been taken. What the receiver calls the message, if later ones can go below it.
    case accepted(reference: String?)
    /// It did not work this time. With `after`, the receiver itself asked to be left alone so long.
    case retry(after: Duration?, reason: String)
    /// The receiver cannot work as it is configured: a wrong password, an address that is gone.
    case broken(reason: String)
    /// The receiver works, but will never take this notice.
    case rejected(reason: String)
}

extension SendVerdict {
    /// Taken by a receiver that calls its messages nothing.
    package static var delivered: SendVerdict { .accepted(reference: nil) }

    /// What receivers say to an announcement whose peers know alerts only.
    package static var alertsOnly: SendVerdict { .rejected(reason: "this receiver takes alerts only") }

    package var isDelivered: Bool {
        if case .accepted = self { true } else { false }
    }
}

/// What a receiver may use while it sends.
package struct ReceiverTools: Sendable {
    package var transport: any HTTPTransport
    package var mail: any MailTransport
    package var timekeeper: any Timekeeper
    package var output: any LineOutput
    package var errorOutput: any LineOutput
    /// Where people reach this Lookout, for links; empty if nowhere.
    package var externalURL: String
    /// The IANA name of the zone in which the receiver's people live, such as `Europe/Berlin`.
    package var timeZone: String
    /// Time for one attempt, all steps together.
    package var timeout: Duration
    /// Takes what a person should know although nothing has failed as a whole, in one sentence without
    /// secrets: one of several recipients was refused, one of several servers does not answer.
    package var report: @Sendable (String) -> Void

    package init(
        transport: any HTTPTransport,
        mail: any MailTransport = NoMailTransport(),
        timekeeper: any Timekeeper,
        output: any LineOutput,
        errorOutput: any LineOutput,
        externalURL: String = "",
        timeZone: String = "UTC",
        timeout: Duration = .seconds(15),
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.transport = transport
        self.mail = mail
        self.report = report
        self.timekeeper = timekeeper
        self.output = output
        self.errorOutput = errorOutput
        self.externalURL = externalURL
        self.timeZone = timeZone
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
