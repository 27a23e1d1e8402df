import LookoutAlerting
import LookoutModel
import LookoutTestSupport
import Testing

/// What must be true of any life of the agent, by plain lists of what was committed and of what arrived.
///
/// P1 to P15 are the properties of the design notes for durable delivery; those that concern one part alone have tests
/// of their own beside that part.
struct ProofVerdict {
    let transitions: [AlertTransition]
    let records: [NoticeRecord]
    let arrivals: [Arrival]
    /// How the runs that are over ended, in their order.
    let endings: [ProgramRun.Ending]
    let quiet: [Range<Timestamp>]

    /// One alert at one receiver.
    private struct Ear: Hashable {
        let receiver: String
        let alert: AlertKey
    }

    func check() throws {
        try nothingIsLeft()
        try everyFiringArrives()
        for (_, heard) in heard { try order(heard) }
        try noSendingWithoutNeed()
        try restsAsAsked()
    }

    /// What was committed and what arrived, for people.
    var story: String {
        let lines =
            transitions.map {
                "\($0.at.rfc3339) \($0.alert.text.prefix(6)) #\($0.episode) \($0.cause) \($0.severity)"
            }
            + records.map {
                "\($0.notice.createdAt.rfc3339) \($0.notice.receiver) \($0.notice.rule)#\($0.notice.episode) "
                    + "\($0.notice.kind) \($0.status) \($0.reason ?? "") \($0.notice.id)"
            }
            + arrivals.map(\.description)
        return lines.joined(separator: "\n")
    }

    /// What was read at each ear, in order, each delivery once.
    private var heard: [Ear: [Notice]] {
        var heard: [Ear: [Notice]] = [:]
        var seen: Set<NoticeID> = []
        for arrival in arrivals where arrival.isRead && seen.insert(arrival.delivery.id).inserted {
            for notice in arrival.delivery.notices {
                guard let alert = notice.alert else { continue }
                heard[Ear(receiver: arrival.receiver, alert: alert.key), default: []].append(notice)
            }
        }
        return heard
    }

    /// Once all is well nothing waits, and nothing was given up.
    private func nothingIsLeft() throws {
        for record in records {
            try #require(
                record.status != .waiting,
                "\(record.notice.kind) still waits: \(record.reason ?? "")"
            )
            try #require(
                record.status != .dead || record.notice.severity != .outage
                    || record.reason == Notice.uncalledFor,
                "given up: \(record.notice.kind), \(record.reason ?? "")"
            )
        }
    }

    /// P1, P13: an episode that was committed is heard of, unless something that people asked for, or what
    /// explains it, kept it quiet from its beginning to its end.
    private func everyFiringArrives() throws {
        for began in transitions where began.to == .firing && [.held].contains(began.cause) {
            let ended = transitions.first {
                $0.alert == began.alert && $0.episode == began.episode && $0.to == .resolved
            }
            let mayBeQuiet =
                began.alert == AlertKey(ProofWorld.id("slow"))
                || quiet.contains { $0.contains(began.at) }
                || clockWasSet
            guard !mayBeQuiet, ended.map({ $0.at > began.at }) ?? true else { continue }
            for receiver in ProofWorld.receivers {
                let notices = heard[Ear(receiver: receiver.name, alert: began.alert)] ?? []
                try #require(
                    notices.contains { $0.episode == began.episode },
                    "\(receiver.name) never heard of episode \(began.episode) of \(began.alert)"
                )
            }
        }
    }

    /// Whether times of transitions cannot be compared with those of silences.
    private var clockWasSet: Bool {
        zip(transitions, transitions.dropFirst()).contains { $1.at < $0.at }
    }

    /// P3, P5: episodes in order, the beginning first, the end last and for each that was told.
    private func order(_ notices: [Notice]) throws {
        let episodes = notices.map(\.episode)
        try #require(episodes == episodes.sorted(), "episodes out of order: \(episodes)")
        for (episode, notices) in Dictionary(grouping: notices, by: \.episode) {
            let kinds = notices.map(\.kind)
            let ends = kinds.filter { $0 == .resolved || $0 == .firedAndResolved }
            try #require(ends.count == 1, "episode \(episode) ends \(ends.count) times: \(kinds)")
            try #require(kinds.last == ends.first, "told after the end: \(kinds)")
            if ends == [.firedAndResolved] {
                try #require(kinds.count == 1, "told in part: \(kinds)")
            } else {
                try #require([.firing, .flapping].contains(kinds[0]), "begins with \(kinds[0])")
            }
        }
    }

    /// P2: a delivery that was accepted is sent again only by a later run, and only if the one that sent it
    /// ended before it could note that: it died, or was stopped while it could not write.
    private func noSendingWithoutNeed() throws {
        for (_, attempts) in Dictionary(grouping: arrivals, by: \.delivery.id) {
            let runs = attempts.filter { $0.answer == .accepted }.map(\.run)
            try #require(Set(runs).count == runs.count, "accepted twice in one run")
            for run in runs.dropLast() {
                try #require(endings[run] != .stopped, "accepted again after run \(run), which ended well")
            }
        }
    }

    /// P8: whoever asks to be left alone is.
    private func restsAsAsked() throws {
        for (_, attempts) in Dictionary(grouping: arrivals, by: \.receiver) {
            for (earlier, later) in zip(attempts, attempts.dropFirst()) where earlier.run == later.run {
                guard case .rateLimited(let wait) = earlier.answer else { continue }
                try #require(
                    later.at.monotonic - earlier.at.monotonic >= wait,
                    "asked for \(wait), left alone for \(later.at.monotonic - earlier.at.monotonic)"
                )
            }
        }
    }
}
