import Logging
import LookoutModel

/// Tells one receiver what the outbox has for it, one delivery at a time.
struct DispatchWorker {
    private static let longestStorePause = Duration.seconds(30)

    private let dispatcher: Dispatcher
    private let receiverName: String
    private var logger: Logger
    private var randomness: SaltedGenerator
    private var edition = 0
    private var failuresInARow = 0
    private var failedClaims = 0
    /// On the monotonic clock: nothing is sent before.
    private var pausedUntil: Duration?
    /// Whether the pause is what the receiver asked for, which a reload does not end.
    private var isPauseAsked = false

    init(dispatcher: Dispatcher, receiver: String) {
        self.dispatcher = dispatcher
        self.receiverName = receiver
        randomness = SaltedGenerator(dispatcher.randomness, for: "\(dispatcher.owner) \(receiver)")
        edition = dispatcher.edition
        logger = dispatcher.logger
        logger[metadataKey: "receiver"] = "\(receiver)"
    }

    private var now: Moment { dispatcher.tools.timekeeper.now }
    private var isOver: Bool { dispatcher.isStopped || Task.isCancelled }

    mutating func run() async {
        resumePause()
        while !isOver {
            let seen = dispatcher.signal.generation
            noticeReload()
            guard let receiver = dispatcher.receiver(named: receiverName), !dispatcher.isCutOff(receiver)
            else {
                await dispatcher.signal.wait(beyond: seen)
                continue
            }
            if let pausedUntil, now.monotonic < pausedUntil {
                await wait(beyond: seen, until: pausedUntil)
                continue
            }
            switch await claim(for: receiver) {
            case .delivery(let delivery): await deliver(delivery, to: receiver)
            case .notBefore(let due): await wait(beyond: seen, until: monotonic(of: due))
            case .nothing: await dispatcher.signal.wait(beyond: seen)
            case nil: await pauseForStore()
            }
        }
    }

    /// What the receiver asked for before the start still holds.
    private mutating func resumePause() {
        guard case .resting(until: let end, reason: _) = dispatcher.health(of: receiverName) else { return }
        let now = now
        let left = end - now.wall
        guard left > .zero, left <= dispatcher.options.policy.longestAsked else { return }
        pausedUntil = now.monotonic + left
        isPauseAsked = true
    }

    /// After a reload a receiver that was broken may be sound.
    private mutating func noticeReload() {
        guard edition != dispatcher.edition else { return }
        edition = dispatcher.edition
        failuresInARow = 0
        if !isPauseAsked { pausedUntil = nil }
    }

    // MARK: One delivery

    /// The next delivery; nil if the store does not answer.
    private mutating func claim(for receiver: ConfiguredReceiver) async -> Claim? {
        let wall = now.wall
        let options = dispatcher.options
        let request = ClaimRequest(
            receiver: receiverName,
            lease: Lease(owner: dispatcher.owner, until: wall + options.leaseDuration),
            now: wall,
            horizon: options.policy.horizon,
            isKeyed: receiver.traits.isKeyed,
            sendsResolved: receiver.sendsResolved,
            digestID: NoticeID(at: wall, using: &randomness),
            digestThreshold: options.digestThreshold,
            digestLimit: options.digestLimit
        )
        do {
            let claim = try await dispatcher.store.claim(request)
            failedClaims = 0
            return claim
        } catch {
            failedClaims += 1
            if failedClaims == 1, !isOver {
                logger.error("the outbox cannot be read; trying again", metadata: ["error": "\(error)"])
            }
            return nil
        }
    }

    private mutating func deliver(_ delivery: Delivery, to receiver: ConfiguredReceiver) async {
        let attempt = DispatchAttempt(dispatcher: dispatcher, receiver: receiver, delivery: delivery)
        let began = now.monotonic
        let outcome = await attempt.outcome()
        let duration = now.monotonic - began
        dispatcher.count(receiverName) { $0.noteAttempt(outcome.failure, lasting: duration) }
        let verdict: SendVerdict
        var isUnclear = false
        switch outcome {
        case .verdict(let answer): verdict = answer
        case .timedOut:
            verdict = .retry(after: nil, reason: "no outcome in \(dispatcher.tools.timeout.inSeconds) s")
            isUnclear = true
        case .interrupted: return await putBack(delivery, "interrupted by the stop", isUnclear: true)
        }
        // A cancelled attempt says nothing about the receiver; its lease ends with this run.
        if Task.isCancelled, !verdict.isDelivered { return }
        if let reason = verdict.failure, dispatcher.isCutOff(receiver) {
            return await putBack(delivery, "offline: \(reason)", isUnclear: isUnclear)
        }
        failuresInARow = verdict.isDelivered ? 0 : failuresInARow + 1
        let decision = dispatcher.options.policy.decision(
            after: verdict,
            of: delivery,
            failuresInARow: failuresInARow,
            at: now.wall,
            using: &randomness
        )
        pausedUntil = decision.pause > .zero ? now.monotonic + decision.pause : nil
        isPauseAsked = verdict.isThrottle
        dispatcher.count(receiverName) { $0.noteEnd(decision.settlement, after: outcome.failure) }
        report(decision, verdict, delivery)
        // First what matters more, should the program die in between: that it was taken, or else the rest.
        if let health = decision.health, !verdict.isDelivered { await note(health) }
        await record(decision.settlement.marked(isUnclear: isUnclear), of: delivery)
        if let health = decision.health, verdict.isDelivered { await note(health) }
    }

    /// Ends the lease on what was not really tried.
    private func putBack(_ delivery: Delivery, _ reason: String, isUnclear: Bool) async {
        let again = Settlement.retry(
            due: now.wall,
            countsAttempt: false,
            reason: reason,
            isUnclear: isUnclear
        )
        await record(again, of: delivery)
    }

    /// Says how the receiver fares; it is broken since it was first found so.
    private func note(_ health: ReceiverHealth) async {
        if case .broken = health, case .broken = dispatcher.health(of: receiverName) { return }
        await dispatcher.note(health, of: receiverName)
    }

    /// Puts the outcome on the disk, however often that takes: until then it would be sent again, so
    /// there is nothing better to do.
    private func record(_ settlement: Settlement, of delivery: Delivery) async {
        var failures = 0
        while true {
            do {
                try await dispatcher.store.settle(delivery.id, owner: dispatcher.owner, as: settlement)
                return
            } catch {
                failures += 1
                if failures == 1 {
                    logger.error(
                        "the outcome of a delivery could not be stored; trying again",
                        metadata: ["outbox.id": "\(delivery.id)", "error": "\(error)"]
                    )
                }
            }
            guard !isOver else { return }
            await wait(
                beyond: dispatcher.signal.generation,
                until: now.monotonic + storePause(failures)
            )
        }
    }

    private func report(_ decision: RetryPolicy.Decision, _ verdict: SendVerdict, _ delivery: Delivery) {
        var metadata: Logger.Metadata = [
            "outbox.id": "\(delivery.id)",
            "subject": "\(delivery.notice.subjectKey)",
            "notices": "\(delivery.notices.count)",
            "attempt": "\(delivery.failedAttempts + 1)",
        ]
        metadata["error"] = verdict.failure.map { "\($0)" }
        switch decision.settlement {
        case .delivered:
            logger.debug("notice delivered", metadata: metadata)
        case .dead:
            logger.error("notice given up", metadata: metadata)
        case .plain:
            logger.warning("notice refused, it will be sent in plain words", metadata: metadata)
        case .split:
            logger.warning("digest refused, its notices will be sent one by one", metadata: metadata)
        case .retry:
            if case .broken = verdict {
                logger.error(
                    "the receiver does not work as it is configured; mend it and reload",
                    metadata: metadata
                )
            } else {
                logger.warning("notice not delivered, it will be sent again", metadata: metadata)
            }
        }
    }

    // MARK: Waiting

    private func pauseForStore() async {
        await wait(
            beyond: dispatcher.signal.generation,
            until: now.monotonic + storePause(failedClaims)
        )
    }

    private func storePause(_ failures: Int) -> Duration {
        min(.seconds(1 << min(failures - 1, 10)), Self.longestStorePause)
    }

    /// Where a wall time lies on the monotonic clock, as far as one can tell now.
    private func monotonic(of wall: Timestamp) -> Duration {
        let now = now
        return now.monotonic + min(wall - now.wall, dispatcher.options.policy.horizon)
    }

    /// Returns at the deadline, or earlier when there is news or the task is cancelled.
    private func wait(beyond seen: UInt64, until deadline: Duration) async {
        await dispatcher.signal.wait(beyond: seen, until: deadline, dispatcher.tools.timekeeper)
    }
}
