package import LookoutModel

/// An address outside that is called while Lookout works, and that raises the alarm when it is not.
package struct Heartbeat: Hashable, Sendable {
    /// How the address is called.
    package enum Method: String, CaseIterable, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// A message without meaning that must reach a receiver for the heartbeat to go on.
    package struct TestMessage: Hashable, Sendable {
        /// The receiver's name.
        package var receiver: String
        /// One must arrive within so long.
        package var period: Duration

        package init(receiver: String, period: Duration) {
            self.receiver = receiver
            self.period = period
        }
    }

    package let name: String
    package var url: Secret
    /// Called where something does not work; nil where silence has to say it.
    package var failURL: Secret?
    /// Called once when Lookout starts.
    package var startURL: Secret?
    package var method: Method
    package var period: Duration
    /// How long something of severity 1 may wait to be told.
    package var outageLimit: Duration
    /// Nil where Lookout's own word is enough.
    package var testMessage: TestMessage?

    package init(
        name: String,
        url: Secret,
        failURL: Secret? = nil,
        startURL: Secret? = nil,
        method: Method = .post,
        period: Duration = .seconds(60),
        outageLimit: Duration = .seconds(600),
        testMessage: TestMessage? = nil
    ) {
        self.name = name
        self.url = url
        self.failURL = failURL
        self.startURL = startURL
        self.method = method
        self.period = period
        self.outageLimit = outageLimit
        self.testMessage = testMessage
    }

    /// The address with a word at the end of its path, as healthchecks.io has `/start` and `/fail`.
    package static func address(_ url: Secret, with word: String) -> Secret {
        let text = url.reveal()
        let path = text.prefix { $0 != "?" && $0 != "#" }
        let rest = text.dropFirst(path.count).prefix { $0 != "#" }
        return Secret("\(path)\(path.hasSuffix("/") ? "" : "/")\(word)\(rest)")
    }
}

/// How the agent fares, as a heartbeat tells it.
package struct AgentHealth: Hashable, Sendable {
    package var vitals: Vitals
    /// Whether Lookout knows that it has no network.
    package var isOffline: Bool
    package var queued: Int
    /// How long the oldest of what is to be told has been waiting.
    package var oldestQueued: Duration?
    /// How long the oldest of severity 1 has.
    package var oldestOutage: Duration?
    /// What the auditor has found.
    package var findings: [Auditor.Finding]
    /// How the test messages fare that heartbeats ask for.
    package var testMessages: TestMessages

    package init(
        vitals: Vitals,
        isOffline: Bool = false,
        queued: Int = 0,
        oldestQueued: Duration? = nil,
        oldestOutage: Duration? = nil,
        findings: [Auditor.Finding] = [],
        testMessages: TestMessages = TestMessages()
    ) {
        self.vitals = vitals
        self.isOffline = isOffline
        self.queued = queued
        self.oldestQueued = oldestQueued
        self.oldestOutage = oldestOutage
        self.findings = findings
        self.testMessages = testMessages
    }

    /// What is wrong, each in one sentence; empty if all is well.
    package func troubles(for heartbeat: Heartbeat, at now: Duration) -> [String] {
        var troubles = vitals.troubles(within: heartbeat.period, at: now)
        if let oldestOutage, oldestOutage > heartbeat.outageLimit {
            troubles.append(
                "an alert of severity 1 has not been told for \(oldestOutage.components.seconds) s"
            )
        }
        if let trouble = heartbeat.testMessage.flatMap({ testMessages.trouble(with: $0, at: now) }) {
            troubles.append(trouble)
        }
        for finding in findings {
            troubles.append("alert \(finding.alert) of rule \(finding.rule) fires: \(finding.kind.rawValue)")
        }
        return troubles
    }

    /// Whether the service manager may believe that Lookout works.
    ///
    /// The same as for a heartbeat, but for what a restart cannot mend: then Lookout goes on probing and
    /// tells whom it can.
    package func isWorking(within period: Duration, at now: Duration) -> Bool {
        !vitals.isHanging(for: period, at: now) && !findings.contains { $0.kind != .givenUp }
    }
}
