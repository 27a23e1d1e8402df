import LookoutAlerting
import LookoutModel

/// Several alerts in one message: how many of each kind, and a line for each, the worst first.
extension Message {
    /// More lines than these nobody reads; the rest is counted.
    static let maximumLines = 100

    init(digest delivery: Delivery, _ clock: WallClock) {
        let stories = AlertStory.stories(of: delivery.notices)
        let worst = stories.first
        let severity = worst?.severity ?? delivery.severity
        self.init(
            kind: .digest,
            tone: worst?.tone ?? Tone(delivery.notice.kind, severity),
            severity: severity,
            tag: worst?.isOver == true ? "RESOLVED" : "SEV\(severity.rawValue)",
            subject: "\(AlertStory.count(stories.count)): \(AlertStory.summary(of: stories))"
        )
        facts = [Fact("Since", clock.text(delivery.createdAt))]
        lines = stories.prefix(Self.maximumLines).map { $0.line(clock) }
        remainder = AlertStory.remainder(of: stories, after: Self.maximumLines)
        commands = [Fact("All alerts", "lookout alerts")]
    }
}

/// What a digest says of one episode: its notices taken together.
struct AlertStory {
    let notice: Notice
    let alert: Alert
    /// What has become of it: a digest that holds both ends of an episode says that it fired and resolved.
    let kind: Notice.Kind

    var severity: Severity { alert.severity }
    var isOver: Bool { kind.isEnd }
    var tone: Message.Tone { Message.Tone(kind, severity) }

    /// One for each episode, trouble before what is over, the worst first, and else as they came.
    static func stories(of notices: [Notice]) -> [AlertStory] {
        var order: [String] = []
        var first: [String: Notice.Kind] = [:]
        var last: [String: Notice] = [:]
        for notice in notices {
            let episode = notice.threadKey
            if last[episode] == nil {
                order.append(episode)
                first[episode] = notice.kind
            }
            last[episode] = notice
        }
        let stories = order.compactMap { episode in
            last[episode].flatMap { notice in
                notice.alert.map {
                    AlertStory(notice: notice, alert: $0, kind: merged(first[episode], notice.kind))
                }
            }
        }
        return stories.enumerated()
            .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element)
    }

    /// The notices themselves: trouble before what is over, the worst first, and those of one episode in
    /// their order.
    static func ranked(_ notices: [Notice]) -> [Notice] {
        let groups = Dictionary(grouping: notices, by: \.threadKey)
        return stories(of: notices).flatMap { groups[$0.notice.threadKey] ?? [] }
    }

    private var rank: Int { (isOver ? 10 : 0) + severity.rawValue }

    /// The beginning must not be lost: what was not told before is news, and a beginning with its end is both.
    private static func merged(_ first: Notice.Kind?, _ last: Notice.Kind) -> Notice.Kind {
        guard first == .firing else { return last }
        return last.isEnd ? .firedAndResolved : last == .flapping ? .flapping : .firing
    }

    static func count(_ count: Int) -> String { count == 1 ? "1 alert" : "\(count) alerts" }

    /// `3 SEV1, 5 SEV2, 2 resolved`.
    static func summary(of stories: some Collection<AlertStory>) -> String {
        var parts = Severity.allCases.compactMap { severity -> String? in
            let count = stories.count { !$0.isOver && $0.severity == severity }
            return count == 0 ? nil : "\(count) SEV\(severity.rawValue)"
        }
        let over = stories.count(where: \.isOver)
        if over > 0 { parts.append("\(over) resolved") }
        return parts.joined(separator: ", ")
    }

    /// What is not among the lines: `and 40 more: 40 SEV3`.
    static func remainder(of stories: [AlertStory], after shown: Int) -> String? {
        let rest = stories.dropFirst(shown)
        return rest.isEmpty ? nil : "and \(rest.count) more: \(summary(of: rest))"
    }

    func line(_ clock: WallClock) -> Message.Line {
        let begin = alert.firingSince ?? alert.pendingSince
        var text =
            "[\(AlertWords.tag(kind, severity))] \(AlertWords.subject(alert)), since \(clock.text(begin))"
        if isOver {
            text += ", resolved after \(Lengths.text((alert.resolvedSince ?? notice.createdAt) - begin))"
        }
        return Message.Line(tone: tone, text: text)
    }
}
