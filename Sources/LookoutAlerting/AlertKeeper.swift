package import Logging
package import LookoutModel

/// Keeps the alerts: takes judgements in, puts what follows on the disk, then takes it as true.
///
/// One loop does all writing, so steps never overlap, what comes in during a write goes into the
/// next one together, and no cancelled caller can break off a write. If a write fails nothing has
/// happened: the alerts stand where they stood, the error is logged, and the next judgement of the
/// same rule tries again.
package actor AlertKeeper {
    /// The longest time after a failed write until time alone makes the next one be tried.
    private static let longestPause = Duration.seconds(30)

    private let store: any AlertStore
    private let timekeeper: any Timekeeper
    private let outboxSignal: WakeSignal
    private let logger: Logger
    private let log: AlertLog
    /// Raised for every request and for the stop.
    private let arrivals = WakeSignal()
    private var book: AlertBook
    private var inbox: [Request] = []
    private var isStopped = false
    /// Whether a write may have been kept although it threw: then the disk is asked before the next.
    private var isInDoubt = false
    /// What such a write would have told.
    private var doubtful: [Notice] = []
    private var failedCommits = 0
    /// The silences that hold although what follows from them could not be stored yet.
    private var owedSilences: [Silence]?
    /// Why alerts cannot be stored at the moment; nil while they can.
    package private(set) var trouble: String?

    /// - Parameters:
    ///   - store: where alerts are kept.
    ///   - book: the alerts' rules, without alerts, and with the silences that there are.
    ///   - timekeeper: tells when a silence or a wait is over.
    ///   - outboxSignal: raised when there are new notices; the dispatcher waits on it.
    ///   - logger: gets transitions at `notice`, failed writes at `error`.
    package init(
        store: any AlertStore,
        book: AlertBook,
        timekeeper: any Timekeeper,
        outboxSignal: WakeSignal,
        logger: Logger
    ) {
        self.store = store
        self.book = book
        self.timekeeper = timekeeper
        self.outboxSignal = outboxSignal
        self.logger = logger
        log = AlertLog(logger: logger)
    }

    /// All alerts as they are on the disk: the worst first, then the oldest.
    package var current: [Alert] {
        book.alerts.sorted {
            ($0.severity, $0.pendingSince, $0.key) < ($1.severity, $1.pendingSince, $1.key)
        }
    }

    /// The alerts of which somebody would be told now, were it not for something.
    package var withheld: [AlertKey: Withholding] {
        Dictionary(uniqueKeysWithValues: book.withheld.map { (AlertKey($0.key), $0.value) })
    }

    /// The names of the silences that ended before their time, since what they matched did.
    package var spentSilences: Set<String> { book.spentSilences }

    /// Takes over what is stored and tells nobody anything; to be called before `run`.
    package func load() async throws {
        book.load(try await store.alerts())
    }

    /// Works until `stop`, or until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            let seen = arrivals.generation
            if !inbox.isEmpty {
                await work(through: takeInbox())
            } else if isStopped {
                break
            } else if await isTimeToLook(beforeArrivalsBeyond: seen) {
                await work(through: [Request(step: .look(timekeeper.now))])
            }
        }
        isStopped = true
        for request in takeInbox() { request.answer?.resume(returning: .failure(CancellationError())) }
    }

    /// Ends `run` after what has come in so far; later judgements are not taken in.
    package func stop() {
        isStopped = true
        arrivals.raise()
    }

    /// Takes a new configuration in: at the start, after `load`, and with every reload.
    ///
    /// Alerts that `scope` does not hold are resolved and that is told; receivers that were added are
    /// told what is firing. Throws if it could not be stored whole; then it may be asked for again, since
    /// what is done already is not done twice. Answered by `run`, so it waits until that runs.
    @discardableResult
    package func reload(
        _ scope: AlertScope,
        routes: Routes,
        policy: AlertPolicy? = nil,
        at now: Moment
    ) async throws -> [AlertTransition] {
        let transitions = try await ask(.reload(scope, routes, policy, now)).get().transitions
        let retired = try await store.retireReceivers(
            otherThan: Set(routes.receivers),
            at: now.wall,
            reason: "the receiver is no longer configured"
        )
        if retired > 0 {
            logger.error(
                "notices dropped, their receiver is no longer configured",
                metadata: ["count": "\(retired)"]
            )
        }
        return transitions
    }

    /// Has a step taken by `run`, and waits for what it comes to.
    func ask(_ step: Step) async -> Result<Outcome, any Error> {
        guard !isStopped else { return .failure(CancellationError()) }
        return await withCheckedContinuation { answer in
            inbox.append(Request(step: step, answer: answer))
            arrivals.raise()
        }
    }

    /// Waits for requests, or for the time at which something is to be told without one.
    private func isTimeToLook(beforeArrivalsBeyond seen: UInt64) async -> Bool {
        guard let time = timeToLook else {
            await arrivals.wait(beyond: seen)
            return false
        }
        let (arrivals, timekeeper) = (arrivals, timekeeper)
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await timekeeper.sleep(until: time)) != nil }
            group.addTask {
                await arrivals.wait(beyond: seen)
                return false
            }
            let isTime = await group.next() ?? false
            group.cancelAll()
            return isTime
        }
    }

    /// When to look without being asked, on the monotonic clock: at the end of a silence or a wait, and
    /// some time after a failed write.
    private var timeToLook: Duration? {
        let now = timekeeper.now
        guard isInDoubt else { return book.nextLook(after: now) }
        let pause = Duration.seconds(1 << min(max(failedCommits - 1, 0), 10))
        return now.monotonic + min(pause, Self.longestPause)
    }

    private func takeInbox() -> [Request] {
        defer { inbox = [] }
        return inbox
    }

    /// What comes before all else once something can be stored again: nobody hears of what is silenced.
    private var owed: [Request] {
        owedSilences.map { [Request(step: .silence($0, timekeeper.now))] } ?? []
    }

    /// Plans all requests, writes them as one, and only then takes them as true.
    private func work(through requests: [Request]) async {
        var draft = AlertDraft()
        let requests = owed + requests
        do {
            if isInDoubt {
                let stored = try await store.alerts()
                book.load(stored)
                // What was kept of a write that failed is told as well.
                if doubtful.mayBeKept(beside: stored) { outboxSignal.raise() }
                doubtful = []
            }
            isInDoubt = false
            var outcomes: [Outcome] = []
            for request in requests { outcomes.append(plan(request.step, into: &draft)) }
            let commit = draft.commit
            try await write(commit)
            book.adopt(draft)
            owedSilences = nil
            if !commit.notices.isEmpty { outboxSignal.raise() }
            log.report(draft.transitions, of: commit.alerts)
            for (request, outcome) in zip(requests, outcomes) {
                request.answer?.resume(returning: .success(outcome))
            }
        } catch {
            isInDoubt = true
            doubtful += draft.commit.notices
            book.discard(draft)
            owedSilences = requests.compactMap(\.step.silences).last
            report(error)
            for request in requests { request.answer?.resume(returning: .failure(error)) }
        }
    }

    private func plan(_ step: Step, into draft: inout AlertDraft) -> Outcome {
        let begin = draft.transitions.count
        var outcome = Outcome()
        switch step {
        case .observe(let judgements, let now): book.plan(judgements, at: now, into: &draft)
        case .reload(let scope, let routes, let policy, let now):
            book.plan(scope, routes, policy, at: now, into: &draft)
        case .silence(let silences, let now): book.plan(silences: silences, at: now, into: &draft)
        case .acknowledge(let alert, let word, let now):
            outcome.isFound = book.plan(acknowledging: alert, with: word, at: now, into: &draft)
        case .broken(let receivers, let now): book.plan(broken: receivers, at: now, into: &draft)
        case .announce(let announcement, let now):
            outcome.receivers = book.plan(announcing: announcement, at: now, into: &draft)
        case .look(let now): book.plan(at: now, into: &draft)
        }
        outcome.transitions = Array(draft.transitions[begin...])
        return outcome
    }

    private func write(_ commit: AlertCommit) async throws {
        guard !commit.isEmpty else { return }
        try await store.commit(commit)
        if failedCommits > 0 {
            logger.notice("alerts are stored again", metadata: ["failures": "\(failedCommits)"])
            failedCommits = 0
            trouble = nil
        }
    }

    private func report(_ error: any Error) {
        failedCommits += 1
        trouble = "\(error)"
        guard failedCommits == 1 else { return }
        logger.error(
            "alerts could not be stored; nothing is told until they can, each judgement tries again",
            metadata: ["error": "\(error)"]
        )
    }
}
