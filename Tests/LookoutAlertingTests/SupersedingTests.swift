import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct SupersedingTests {
    private typealias Entry = Superseding.Entry

    /// Notices as words: `firing`, `2:firing` for the second episode, `!firing` for one that was tried,
    /// `1/firing` for one of severity 1.
    private static func entries(_ text: String) throws -> [Entry] {
        try text.split(separator: " ").enumerated().map { index, word in
            let severity = Int(word.prefix(1)).flatMap {
                word.dropFirst().hasPrefix("/") ? Severity(rawValue: $0) : nil
            }
            let parts = word.dropFirst(severity == nil ? 0 : 2).split(separator: ":")
            let name = parts.last.map { $0.drop { $0 == "!" } } ?? ""
            return Entry(
                sequence: Int64(index + 1),
                episode: parts.count > 1 ? Int(parts[0]) ?? 1 : 1,
                kind: try #require(Notice.Kind(rawValue: String(name))),
                severity: severity ?? .minor,
                isFrozen: parts.last?.hasPrefix("!") ?? false
            )
        }
    }

    private static func text(_ entries: [Entry]) -> String {
        entries.map { entry in
            (entry.episode > 1 ? "\(entry.episode):" : "") + (entry.isFrozen ? "!" : "") + entry.kind.rawValue
        }.joined(separator: " ")
    }

    private static let cases: [(waiting: String, left: String, keyed: String)] = [
        ("firing", "firing", "firing"),
        ("firing escalated", "firing", "firing"),
        ("firing escalated deescalated reminder", "firing", "firing"),
        ("firing resolved", "fired_and_resolved", "firing resolved"),
        ("firing escalated resolved", "fired_and_resolved", "firing resolved"),
        ("firing flapping resolved", "fired_and_resolved", "firing flapping resolved"),
        ("firing flapping escalated", "firing flapping escalated", "firing flapping escalated"),
        ("!firing resolved", "!firing resolved", "!firing resolved"),
        ("!firing escalated resolved", "!firing escalated resolved", "!firing escalated resolved"),
        ("!firing deescalated resolved", "!firing resolved", "!firing resolved"),
        ("reminder reminder", "reminder", "reminder"),
        ("reminder resolved", "resolved", "resolved"),
        ("!reminder reminder", "!reminder reminder", "!reminder reminder"),
        ("deescalated escalated", "escalated", "escalated"),
        ("escalated deescalated", "escalated deescalated", "escalated deescalated"),
        ("escalated deescalated escalated", "escalated", "escalated"),
        ("escalated escalated reminder", "escalated", "escalated"),
        ("deescalated reminder", "deescalated", "deescalated"),
        ("resolved 2:firing", "resolved 2:firing", "resolved 2:firing"),
        (
            "firing resolved 2:firing 2:escalated", "fired_and_resolved 2:firing",
            "firing resolved 2:firing"
        ),
        (
            "firing resolved 2:firing 2:resolved", "fired_and_resolved 2:fired_and_resolved",
            "firing resolved 2:firing 2:resolved"
        ),
    ]

    @Test(arguments: cases)
    func `what was not seen yet is told as part of what is newer`(
        waiting: String,
        left: String,
        keyed: String
    ) throws {
        let entries = try Self.entries(waiting)
        for (isKeyed, expected) in [(false, left), (true, keyed)] {
            let plan = Superseding(of: entries, isKeyed: isKeyed, sendsResolved: true)
            #expect(Self.text(plan.left) == expected)
            #expect(plan.left.count + plan.superseded.count == entries.count)
        }
    }

    @Test(arguments: [
        ("!firing resolved", "!firing"), ("firing resolved", "fired_and_resolved"), ("resolved", ""),
        ("!firing !resolved", "!firing !resolved"), ("resolved 2:firing", "2:firing"),
    ])
    func `ends are left out where they are not wanted, but never what fired`(
        waiting: String,
        left: String
    ) throws {
        let plan = Superseding(of: try Self.entries(waiting), isKeyed: false, sendsResolved: false)
        #expect(Self.text(plan.left) == left)
    }

    @Test(arguments: [
        ("3/firing 3/resolved 3/2:firing", "2:firing", 1),
        ("3/firing 3/resolved 3/2:!firing", "firing resolved 2:!firing", 0),
        ("3/firing 3/resolved 3/2:firing 3/2:resolved 3/3:!firing", "2:firing 2:resolved 3:!firing", 1),
        ("3/firing 3/2:firing 3/3:firing", "3:firing", 2), ("3/resolved 3/2:firing", "resolved 2:firing", 0),
        ("2/firing 2/resolved 3/2:firing", "firing resolved 2:firing", 0),
        ("3/firing 3/escalated 1/2:firing", "2:firing", 1), ("3/!firing 3/reminder", "!firing", 0),
        ("1/!firing 1/reminder", "!firing reminder", 0), ("2/reminder", "", 0),
    ])
    func `where too much waits, past minor episodes are told by their number and reminders not at all`(
        waiting: String,
        left: String,
        passed: Int
    ) throws {
        let plan = Superseding(
            of: try Self.entries(waiting),
            isKeyed: true,
            sendsResolved: true,
            isCrowded: true
        )
        #expect(Self.text(plan.left) == left)
        #expect(plan.passed.values.reduce(0, +) == passed)
    }

    @Test
    func
        `whatever waits, each notice is left or has a later heir of its episode, and a second look finds nothing`()
        async
    {
        await checkAll(cases: 500) { generator in
            var episode = 1
            let entries = (0..<Int64.random(in: 0...8, using: &generator)).map { index in
                if Int.random(in: 0..<4, using: &generator) == 0 { episode += 1 }
                return Entry(
                    sequence: index,
                    episode: episode,
                    kind: Notice.Kind.allCases.randomElement(using: &generator) ?? .firing,
                    severity: .minor,
                    isFrozen: Int.random(in: 0..<5, using: &generator) == 0
                )
            }
            let isKeyed = Bool.random(using: &generator)
            let plan = Superseding(of: entries, isKeyed: isKeyed, sendsResolved: true)
            try #require(plan.left.count + plan.superseded.count == entries.count)
            let episodes = Dictionary(uniqueKeysWithValues: entries.map { ($0.sequence, $0.episode) })
            for (sequence, heir) in plan.superseded {
                let heir = try #require(heir)
                try #require(heir > sequence && episodes[heir] == episodes[sequence])
                try #require(!entries[Int(sequence)].isFrozen)
            }
            try #require(entries.filter(\.isFrozen) == plan.left.filter(\.isFrozen))
            try #require(plan.left.map(\.sequence) == plan.left.map(\.sequence).sorted())
            let again = Superseding(of: plan.left, isKeyed: isKeyed, sendsResolved: true)
            try #require(again.left == plan.left && again.superseded.isEmpty)
            // Who was to hear that it fired still is.
            for entry in entries where entry.kind == .firing {
                try #require(
                    plan.left.contains { left in
                        left.episode == entry.episode
                            && (left.kind == .firing || left.kind == .firedAndResolved)
                    }
                )
            }
        }
    }
}
