package import Logging
package import LookoutModel

/// Keeps the alerts: takes judgements in, puts what follows on the disk, then takes it as true.
///
/// One loop does all writing, so steps never overlap, what comes in during a write goes into the
/// next one together, and no cancelled caller can break off a write. If a write fails nothing has
/// happened: the alerts stand where they stood, the error is logged, and the next judgement of the
/// same rule tries again.
package actor AlertKeeper {
    private enum Step {
        case observe([Judgement], Moment)
        case reload(AlertScope, Routes, Moment)
    }

    private struct Request {
        let step: Step
        let answer: CheckedContinuation<Result<[AlertTransition], any Error>, Never>
    }

    private let store: any AlertStore
    private let outboxSignal: WakeSignal
    private let logger: Logger
    /// Raised for every request and for the stop.
    private let arrivals = WakeSignal()
    private var book: AlertBook
    private var inbox: [Request] = []
    private var isStopped = false
    /// Whether a write may have been kept although it threw: then the disk is asked before the next.
    private var isInDoubt = false
    private var failedCommits = 0

    /// - Parameters:
    ///   - store: where alerts are kept.
    ///   - book: the alerts' rules, without alerts.
    ///   - outboxSignal: raised when there are new notices; the dispatcher waits on it.
    ///   - logger: gets transitions at `notice`, failed writes at `error`.
    package init(store: any AlertStore, book: AlertBook, outboxSignal: WakeSignal, logger: Logger) {
        self.store = store
        self.book = book
        self.outboxSignal = outboxSignal
        self.logger = logger
    }

    /// All alerts as they are on the disk: the worst first, then the oldest.
    package var current: [Alert] {
        book.alerts.sorted {
            ($0.severity, $0.pendingSince, $0.key) < ($1.severity, $1.pendingSince, $1.key)
        }
    }

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
            } else {
                await arrivals.wait(beyond: seen)
            }
        }
        isStopped = true
        for request in takeInbox() { request.answer.resume(returning: .failure(CancellationError())) }
    }

    /// Ends `run` after what has come in so far; later judgements are not taken in.
    package func stop() {
        isStopped = true
        arrivals.raise()
    }

    /// Takes judgements in; what they changed, once that is on the disk.
    ///
    /// Empty if nothing changed, if it could not be stored (which is logged), and after the stop.
    @discardableResult
    package func observe(_ judgements: [Judgement], at now: Moment) async -> [AlertTransition] {
        switch await ask(.observe(judgements, now)) {
        case .success(let transitions): transitions
        case .failure: []
        }
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
        at now: Moment
    ) async throws -> [AlertTransition] {
        let transitions = try await ask(.reload(scope, routes, now)).get()
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

    private func ask(_ step: Step) async -> Result<[AlertTransition], any Error> {
        guard !isStopped else { return .failure(CancellationError()) }
        return await withCheckedContinuation { answer in
            inbox.append(Request(step: step, answer: answer))
            arrivals.raise()
        }
    }

    private func takeInbox() -> [Request] {
        defer { inbox = [] }
        return inbox
    }

    /// Plans all requests, writes them as one, and only then takes them as true.
    private func work(through requests: [Request]) async {
        var draft = AlertDraft()
        do {
            if isInDoubt { book.load(try await store.alerts()) }
            isInDoubt = false
            var marks: [Int] = []
            for request in requests {
                plan(request.step, into: &draft)
                marks.append(draft.transitions.count)
            }
            let commit = draft.commit
            try await write(commit)
            book.adopt(draft)
            if !commit.notices.isEmpty { outboxSignal.raise() }
            report(draft.transitions, of: commit.alerts)
            var begin = 0
            for (request, end) in zip(requests, marks) {
                request.answer.resume(returning: .success(Array(draft.transitions[begin..<end])))
                begin = end
            }
        } catch {
            isInDoubt = true
            book.discard(draft)
            report(error)
            for request in requests { request.answer.resume(returning: .failure(error)) }
        }
    }

    private func plan(_ step: Step, into draft: inout AlertDraft) {
        switch step {
        case .observe(let judgements, let now): book.plan(judgements, at: now, into: &draft)
        case .reload(let scope, let routes, let now): book.plan(scope, routes, at: now, into: &draft)
        }
    }

    private func write(_ commit: AlertCommit) async throws {
        guard !commit.isEmpty else { return }
        try await store.commit(commit)
        if failedCommits > 0 {
            logger.notice("alerts are stored again", metadata: ["failures": "\(failedCommits)"])
            failedCommits = 0
        }
    }

    private func report(_ error: any Error) {
        failedCommits += 1
        guard failedCommits == 1 else { return }
        logger.error(
            "alerts could not be stored; nothing is told until they can, each judgement tries again",
            metadata: ["error": "\(error)"]
        )
    }

    private func report(_ transitions: [AlertTransition], of alerts: [Alert]) {
        let identities = Dictionary(alerts.map { ($0.key, $0.id) }, uniquingKeysWith: { _, last in last })
        for transition in transitions {
            let level: Logger.Level = transition.isOfInterest ? .notice : .debug
            let identity = identities[transition.alert]
            logger.log(
                level: level,
                "alert changed",
                metadata: [
                    "alert": "\(transition.alert)",
                    "rule": "\(identity?.rule ?? "")",
                    "labels": "\(identity?.labels.text ?? "")",
                    "from": "\(transition.from?.rawValue ?? "none")",
                    "to": "\(transition.to?.rawValue ?? "none")",
                    "cause": "\(transition.cause.rawValue)",
                    "severity": "\(transition.severity.rawValue)",
                    "episode": "\(transition.episode)",
                ]
            )
        }
    }
}

extension AlertTransition {
    /// Whether an operator wants to read of it: everything that is told.
    fileprivate var isOfInterest: Bool {
        switch cause {
        case .held, .recovered, .escalated, .deescalated, .ruleRemoved, .checkRemoved: true
        case .appeared, .passed, .forgotten, .cleared, .returned: false
        }
    }
}
