import Logging
import LookoutModel

/// Tells one receiver what the outbox has for it, one notice at a time.
struct DispatchWorker {
    /// How an attempt ended.
    private enum Attempt {
        case verdict(SendVerdict)
        case timedOut
        case interrupted
    }

    /// How much longer than it promised a receiver may take before it is cut off.
    private static let overtime = Duration.seconds(1)
    private static let longestStorePause = Duration.seconds(30)

    private let dispatcher: Dispatcher
    private let receiverName: String
    private var logger: Logger
    private var randomness: any RandomNumberGenerator & Sendable
    private var edition = 0
    private var failuresInARow = 0
    private var failedClaims = 0
    /// On the monotonic clock: nothing is sent before.
    private var pausedUntil: Duration?

    init(dispatcher: Dispatcher, receiver: String) {
        self.dispatcher = dispatcher
        self.receiverName = receiver
        self.randomness = dispatcher.randomness
        logger = dispatcher.logger
        logger[metadataKey: "receiver"] = "\(receiver)"
    }

    private var now: Moment { dispatcher.tools.timekeeper.now }
    private var isOver: Bool { dispatcher.isStopped || Task.isCancelled }

    mutating func run() async {
        while !isOver {
            let seen = dispatcher.signal.generation
            noticeReload()
            guard let receiver = dispatcher.receiver(named: receiverName) else {
                await dispatcher.signal.wait(beyond: seen)
                continue
            }
            if let pausedUntil, now.monotonic < pausedUntil {
                await wait(beyond: seen, until: pausedUntil)
                continue
            }
            switch await claim() {
            case .delivery(let delivery): await deliver(delivery, to: receiver)
            case .notBefore(let due): await wait(beyond: seen, until: monotonic(of: due))
            case .nothing: await dispatcher.signal.wait(beyond: seen)
            case nil: await pauseForStore()
            }
        }
    }

    /// After a reload a receiver that was broken may be sound.
    private mutating func noticeReload() {
        guard edition != dispatcher.edition else { return }
        edition = dispatcher.edition
        failuresInARow = 0
        pausedUntil = nil
    }

    // MARK: One delivery

    /// The next notice; nil if the store does not answer.
    private mutating func claim() async -> Claim? {
        let wall = now.wall
        do {
            let claim = try await dispatcher.store.claim(
                for: receiverName,
                lease: Lease(owner: dispatcher.owner, until: wall + dispatcher.options.leaseDuration),
                at: wall,
                horizon: dispatcher.options.policy.horizon
            )
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
        let verdict: SendVerdict
        switch await attempt(delivery, at: receiver) {
        case .verdict(let answer): verdict = answer
        case .timedOut:
            verdict = .retry(after: nil, reason: "no outcome in \(dispatcher.tools.timeout.inSeconds) s")
        case .interrupted:
            let again = Settlement.retry(
                due: now.wall,
                countsAttempt: false,
                reason: "interrupted by the stop"
            )
            await record(again, of: delivery)
            return
        }
        // A cancelled attempt says nothing about the receiver; its lease ends with this run.
        if Task.isCancelled, verdict != .delivered { return }
        failuresInARow = verdict == .delivered ? 0 : failuresInARow + 1
        let decision = dispatcher.options.policy.decision(
            after: verdict,
            of: delivery,
            failuresInARow: failuresInARow,
            at: now.wall,
            using: &randomness
        )
        pausedUntil = decision.pause > .zero ? now.monotonic + decision.pause : nil
        report(decision, verdict, delivery)
        await record(decision.settlement, of: delivery)
    }

    /// Sends, but for no longer than the receiver promised, and not past the stop's grace.
    private func attempt(_ delivery: Delivery, at receiver: ConfiguredReceiver) async -> Attempt {
        let tools = dispatcher.tools
        let dispatcher = dispatcher
        return await withTaskGroup(of: Attempt.self) { group in
            group.addTask { .verdict(await receiver.send(delivery, tools)) }
            group.addTask {
                try? await tools.timekeeper.sleep(for: tools.timeout + Self.overtime)
                return .timedOut
            }
            group.addTask {
                await dispatcher.waitForStop()
                try? await tools.timekeeper.sleep(for: dispatcher.options.grace)
                return .interrupted
            }
            let first = await group.next() ?? .interrupted
            group.cancelAll()
            // What got through at the last moment counts, or it would be told twice.
            for await late in group {
                if case .verdict(.delivered) = late { return late }
            }
            return first
        }
    }

    /// Puts the outcome on the disk, however often that takes: until then the notice would be sent
    /// again, so there is nothing better to do.
    private func record(_ settlement: Settlement, of delivery: Delivery) async {
        var failures = 0
        while true {
            do {
                try await dispatcher.store.settle(
                    delivery.notice.id,
                    owner: dispatcher.owner,
                    as: settlement
                )
                return
            } catch {
                failures += 1
                if failures == 1 {
                    logger.error(
                        "the outcome of a delivery could not be stored; trying again",
                        metadata: ["outbox.id": "\(delivery.notice.id)", "error": "\(error)"]
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
            "outbox.id": "\(delivery.notice.id)",
            "alert": "\(delivery.notice.alert.key)",
            "attempt": "\(delivery.failedAttempts + 1)",
        ]
        metadata["error"] = verdict.reason.map { "\($0)" }
        switch decision.settlement {
        case .delivered:
            logger.debug("notice delivered", metadata: metadata)
        case .dead:
            logger.error("notice given up", metadata: metadata)
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
        let timekeeper = dispatcher.tools.timekeeper
        let signal = dispatcher.signal
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await timekeeper.sleep(until: deadline) }
            group.addTask { await signal.wait(beyond: seen) }
            await group.next()
            group.cancelAll()
        }
    }
}

extension SendVerdict {
    fileprivate var reason: String? {
        switch self {
        case .delivered: nil
        case .retry(after: _, let reason), .broken(let reason), .rejected(let reason): reason
        }
    }
}
