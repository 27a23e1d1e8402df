import LookoutAlerting
import LookoutModel
import LookoutSimulation

/// One delivery of each sort, about an alert of which there is everything to be told.
enum DeliveryExamples {
    /// Sorts of deliveries by the names of their golden files.
    static let names = Notice.Kind.allCases.map(\.rawValue) + ["digest", "plain"]

    /// Those that a receiver of a type takes.
    static func names(for type: any ReceiverType.Type) -> [String] {
        names.filter { $0 != Notice.Kind.announcement.rawValue || !type.traits.takesAlertsOnly }
    }

    static func delivery(_ name: String, thread: String? = nil) -> Delivery {
        switch name {
        case "announcement": announcement(thread: thread)
        case "digest": digest()
        case "plain": delivery(of: .firing, form: .plain)
        default: delivery(of: Notice.Kind(rawValue: name) ?? .firing, thread: thread)
        }
    }

    static func delivery(
        of kind: Notice.Kind,
        form: Delivery.Form = .full,
        thread: String? = nil,
        texts: AlertTexts? = nil
    ) -> Delivery {
        Delivery(
            notice: notice(kind, texts: texts),
            sequence: 7,
            failedAttempts: 0,
            form: form,
            thread: thread,
            lease: lease
        )
    }

    static func announcement(
        _ stage: Announcement.Stage = .start,
        remark: String = "CORS lost the app's origin\nand <b>nobody</b> can log in",
        form: Delivery.Form = .full,
        thread: String? = nil
    ) -> Delivery {
        let announcement = Announcement(
            topic: .deployment("2.0.4"),
            stage: stage,
            environment: "production",
            isEmergency: true,
            plannedFor: stage == .planned ? Examples.fired + .seconds(3600) : nil,
            author: "ada",
            remark: remark,
            at: Examples.fired
        )
        return Delivery(
            notice: Notice(
                id: id(1),
                receiver: "team",
                announcement: CommunicationProtocol.standard.worded(announcement),
                createdAt: Examples.fired
            ),
            sequence: 7,
            failedAttempts: 0,
            form: form,
            thread: thread,
            lease: lease
        )
    }

    private static let lease = Lease(owner: "boot", until: Examples.fired + .seconds(120))

    private static func id(_ seed: UInt64) -> NoticeID {
        var generator = SeededGenerator(seed: seed)
        return NoticeID(at: Examples.fired, using: &generator)
    }

    private static func notice(_ kind: Notice.Kind, texts: AlertTexts? = nil) -> Notice {
        Notice(
            id: id(1),
            receiver: "team",
            kind: kind,
            alert: alert(kind, texts: texts),
            createdAt: Examples.fired + .seconds(kind == .firing ? 1 : 300)
        )
    }

    private static func alert(_ kind: Notice.Kind, texts: AlertTexts?) -> Alert {
        let isOver = kind == .resolved || kind == .firedAndResolved
        let before = Examples.fired - .seconds(240)
        return Alert(
            id: AlertID(
                rule: "backend-down",
                labels: ["environment": "production", "probe": "backend-health"]
            ),
            labels: ["team": "web"],
            state: isOver ? .resolved : .firing,
            severity: kind == .deescalated ? .major : .outage,
            episode: 4,
            texts: texts
                ?? AlertTexts(
                    summary: "Backend is down",
                    description: "status 503, expected 200\nfor 3 samples in a row",
                    runbook: "https://runbooks.example.org/backend?a=1&b=2",
                    annotations: ["dashboard": "https://graphs.example.org/d/1"],
                    suggestion: .rollback
                ),
            evidence: Evidence(
                samples: [
                    Evidence.Line(at: Examples.fired - .seconds(60), "failed after 0.2 s: status 503"),
                    Evidence.Line(at: Examples.fired, "failed after 10.0 s: timeout"),
                ],
                changes: [Evidence.Line(at: before, "version 2.0.3 → 2.0.4")]
            ),
            pendingSince: Examples.fired - .seconds(60),
            firingSince: Examples.fired,
            resolvedSince: isOver ? Examples.fired + .seconds(250) : nil,
            resolution: isOver ? .recovered : nil,
            acknowledgement: kind == .reminder
                ? nil : kind == .escalated ? Alert.Acknowledgement(by: "ada", at: Examples.fired) : nil
        )
    }

    private static func digest() -> Delivery {
        let kinds: [(String, Notice.Kind, Severity)] = [
            ("login-broken", .firing, .major), ("backend-down", .escalated, .outage),
            ("slow-page", .resolved, .minor),
        ]
        let notices = kinds.enumerated().map { index, entry in
            let (rule, kind, severity) = entry
            return Notice(
                id: id(UInt64(index) + 10),
                receiver: "team",
                kind: kind,
                alert: Alert(
                    id: AlertID(rule: rule, labels: ["environment": "production", "probe": "p\(index)"]),
                    state: kind == .resolved ? .resolved : .firing,
                    severity: severity,
                    episode: index + 1,
                    texts: AlertTexts(summary: "\(rule) <b>&"),
                    pendingSince: Examples.fired,
                    firingSince: Examples.fired,
                    resolvedSince: kind == .resolved ? Examples.fired + .seconds(60) : nil,
                    resolution: kind == .resolved ? .recovered : nil
                ),
                createdAt: Examples.fired + .seconds(90)
            )
        }
        return Delivery(id: id(99), digest: notices, sequence: 3, failedAttempts: 0, lease: lease)
    }

    /// Texts in which everything is that is markup, a template or a command somewhere.
    static let hostile =
        #"<b>&"'`*_[x](http://evil.example){{ id }}${HOME}$(id);\u0041 @everyone <!channel> %0d%0a"#

    /// A delivery whose texts are all hostile.
    static func hostileDelivery(form: Delivery.Form = .full) -> Delivery {
        delivery(
            of: .firing,
            form: form,
            texts: AlertTexts(
                summary: hostile,
                description: "\(hostile)\n\(hostile)\u{1}\u{2}\u{3}\u{202E}",
                runbook: "javascript:alert(1)",
                annotations: [hostile: hostile]
            )
        )
    }

    /// A delivery in which every text is far too long, of characters that are one, two and four bytes.
    static func longDelivery(_ filler: String, form: Delivery.Form = .full) -> Delivery {
        let long = String(repeating: filler, count: 20_000)
        return delivery(
            of: .firing,
            form: form,
            texts: AlertTexts(
                summary: long,
                description: long,
                runbook: "https://runbooks.example.org/" + long,
                annotations: ["a": long, "b": long]
            )
        )
    }
}
