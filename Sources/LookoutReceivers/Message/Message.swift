package import LookoutAlerting
package import LookoutModel

/// What people are told by one delivery, in words, before any receiver's markup.
///
/// All of it comes from the delivery and the receiver's settings and nothing from the time at which it is
/// made, so every attempt says the same. Texts are bounded and hold no control characters, no line breaks
/// (but `lead`, which may have several lines) and nothing that turns the reading direction; so a receiver
/// has only to escape its own markup and to keep its own limits.
package struct Message: Hashable, Sendable {
    /// What it is about.
    package enum Kind: Hashable, Sendable {
        case alert(Notice.Kind)
        /// Several alerts in one message.
        case digest
        case announcement(Announcement.Stage)
    }

    /// How it should look: the severity while there is trouble, one for the end, and one for mere news.
    package enum Tone: String, CaseIterable, Hashable, Sendable {
        case outage
        case major
        case minor
        case good
        case news
    }

    /// A name and what there is to say under it.
    package struct Fact: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// One alert in a digest.
    package struct Line: Hashable, Sendable {
        package var tone: Tone
        package var text: String

        package init(tone: Tone, text: String) {
            self.tone = tone
            self.text = text
        }
    }

    package var kind: Kind
    package var tone: Tone
    /// The worst severity in it.
    package var severity: Severity
    /// `SEV1`, `SEV1 RESOLVED`: what stands in brackets before the subject.
    package var tag: String
    /// What is wrong and where: `Backend is down – production/backend-health`.
    package var subject: String
    /// What was seen against what was expected, as the rule words it; empty if it says nothing.
    ///
    /// The only text that may have several lines.
    package var lead: String = ""
    /// Since when, for how long, who takes care of it, and what else is known, in the order of its worth.
    package var facts: [Fact] = []
    /// How many of the facts, from the first, say how it stands; the others explain.
    package var standing = 1
    /// The last samples, oldest first.
    package var samples: [String] = []
    /// What changed lately, oldest first.
    package var changes: [String] = []
    /// What the rule suggests to do next.
    package var suggestion: String?
    /// Where the rule's runbook is: mostly, but not surely, a web address.
    package var runbook: String?
    /// Commands to be typed as they are, by what they do.
    package var commands: [Fact] = []
    /// The alerts of a digest, the worst first.
    package var lines: [Line] = []
    /// How many alerts of a digest are not among its lines, in words.
    package var remainder: String?
    /// How people name the episode: the beginning of its key, which the commands take as well.
    package var episode: String?
    /// Where people reach this Lookout.
    package var link: String?

    /// `[SEV1] Backend is down – production/backend-health`.
    package var title: String { "[\(tag)] \(subject)" }

    /// The message of a delivery, for people who live in a zone.
    ///
    /// - Parameters:
    ///   - delivery: what is told.
    ///   - timeZone: an IANA name; UTC where the system does not know it.
    ///   - externalURL: where people reach this Lookout; empty if nowhere.
    package init(_ delivery: Delivery, timeZone: String, externalURL: String) {
        let clock = WallClock(timeZone: timeZone, at: delivery.createdAt)
        switch delivery.notice.subject {
        case _ where delivery.isDigest: self.init(digest: delivery, clock)
        case .alert(let alert): self.init(of: delivery.notice, about: alert, clock)
        case .announcement(let announcement): self.init(of: announcement, clock)
        }
        link = WebLink(externalURL)?.address
    }

    package init(_ delivery: Delivery, _ tools: ReceiverTools) {
        self.init(delivery, timeZone: tools.timeZone, externalURL: tools.externalURL)
    }

    init(kind: Kind, tone: Tone, severity: Severity, tag: String, subject: String) {
        self.kind = kind
        self.tone = tone
        self.severity = severity
        self.tag = tag
        self.subject = subject
    }
}

extension Message.Tone {
    init(_ kind: Notice.Kind, _ severity: Severity) {
        switch (kind, severity) {
        case (.resolved, _), (.firedAndResolved, _): self = .good
        case (.announcement, _): self = .news
        case (_, .outage): self = .outage
        case (_, .major): self = .major
        case (_, .minor): self = .minor
        }
    }

    /// A coloured disc, for places that have no colours.
    package var symbol: String {
        switch self {
        case .outage: "\u{1F534}"
        case .major: "\u{1F7E0}"
        case .minor: "\u{1F7E1}"
        case .good: "\u{1F7E2}"
        case .news: "\u{1F535}"
        }
    }

    /// Red, orange, yellow, green or blue as 24 bits of RGB.
    package var color: Int {
        switch self {
        case .outage: 0xD6_2728
        case .major: 0xE8_7A00
        case .minor: 0xE6_B800
        case .good: 0x2C_A02C
        case .news: 0x1F_77B4
        }
    }
}
