package import LookoutModel
import Synchronization

/// Writes samples to the store in batches, so that nobody waits for a disk.
///
/// What cannot be stored is kept and tried again; when there is no more room the oldest samples
/// are dropped and counted. Alerts never depend on any of this.
package final class SampleRecorder: Sendable {
    /// What the recorder keeps to.
    package struct Options: Hashable, Sendable {
        /// Samples older than this are removed from the store.
        package var retention: Duration
        /// Time between two writes.
        package var flushInterval: Duration
        /// Samples in one transaction.
        package var batchSize: Int
        /// Samples that may wait to be stored.
        package var capacity: Int
        /// Time between two removals of old samples.
        package var retentionInterval: Duration

        package init(
            retention: Duration,
            flushInterval: Duration = .seconds(1),
            batchSize: Int = 500,
            capacity: Int = 50_000,
            retentionInterval: Duration = .seconds(3600)
        ) {
            self.retention = retention
            self.flushInterval = flushInterval
            self.batchSize = batchSize
            self.capacity = capacity
            self.retentionInterval = retentionInterval
        }
    }

    /// What an operator may want to know; each is reported once, when it begins or changes.
    package enum Event: Hashable, Sendable {
        /// Samples cannot be stored; they are kept and tried again.
        case storeFailed(String)
        /// Samples are stored again; so many were dropped since the start.
        case storeRecovered(dropped: Int)
        /// Old samples cannot be removed; the store grows.
        case retentionFailed(String)
        case retentionRecovered
    }

    /// What the recorder has done so far.
    package struct Statistics: Hashable, Sendable {
        package var stored = 0
        /// Samples that made room for newer ones and were never stored.
        package var dropped = 0
        /// Samples that wait to be stored.
        package var waiting = 0
        /// Old samples that were removed from the store.
        package var removed = 0
        /// Why samples cannot be stored at the moment; nil if they can.
        package var trouble: String?

        package init() {}
    }

    private struct State {
        var buffer: SampleBuffer
        var isStopping = false
        var stored = 0
        var removed = 0
        var storing = TroubleReport()
        var removing = TroubleReport()
    }

    private let store: any SampleStore
    private let timekeeper: any Timekeeper
    private let options: Options
    private let report: @Sendable (Event) -> Void
    private let alarm: AlarmClock
    private let state: Mutex<State>

    package init(
        store: any SampleStore,
        timekeeper: any Timekeeper,
        options: Options,
        report: @escaping @Sendable (Event) -> Void
    ) {
        self.store = store
        self.timekeeper = timekeeper
        self.options = options
        self.report = report
        alarm = AlarmClock(timekeeper: timekeeper)
        state = Mutex(State(buffer: SampleBuffer(capacity: options.capacity)))
    }

    package var statistics: Statistics {
        state.withLock { state in
            var statistics = Statistics()
            statistics.stored = state.stored
            statistics.dropped = state.buffer.dropped
            statistics.waiting = state.buffer.count
            statistics.removed = state.removed
            statistics.trouble = state.storing.current
            return statistics
        }
    }

    /// Takes a sample to be stored soon, and never waits.
    package func record(_ sample: Sample) {
        var bare = sample
        bare.observation = nil
        state.withLock { [bare] in $0.buffer.append(bare) }
    }

    /// Stores samples until `stop`; returns when all have been stored that the store takes.
    ///
    /// Cancelling the task ends it too, but a store may refuse to write for a cancelled task.
    package func run() async {
        var drift = ClockDrift(timekeeper.now)
        var nextRemoval = timekeeper.now.monotonic + min(.seconds(60), options.retentionInterval)
        while !isOver {
            await alarm.sleep(until: timekeeper.now.monotonic + options.flushInterval)
            await flush()
            let now = timekeeper.now
            // Just after a step the wall clock may be years ahead, and all samples look old.
            if drift.observe(now) != nil { nextRemoval = now.monotonic + options.retentionInterval }
            if now.monotonic >= nextRemoval, !isOver {
                await removeOldSamples(at: now.wall)
                nextRemoval = now.monotonic + options.retentionInterval
            }
        }
        await flush()
    }

    /// Ends `run` after a last write.
    package func stop() {
        state.withLock { $0.isStopping = true }
        alarm.ring()
    }

    private var isOver: Bool {
        Task.isCancelled || state.withLock { $0.isStopping }
    }

    private func flush() async {
        while let batch = state.withLock({ $0.buffer.batch(atMost: options.batchSize) }) {
            do {
                try await store.append(batch.samples)
                let (news, dropped) = state.withLock { state in
                    state.buffer.stored(batch)
                    state.stored += batch.samples.count
                    return (state.storing.note(nil), state.buffer.dropped)
                }
                if news != nil { report(.storeRecovered(dropped: dropped)) }
            } catch {
                let news = state.withLock { $0.storing.note("\(error)") }
                if case .trouble(let trouble) = news { report(.storeFailed(trouble)) }
                return
            }
        }
    }

    private func removeOldSamples(at now: Timestamp) async {
        do {
            let number = try await store.removeSamples(before: now - options.retention)
            let news = state.withLock { state in
                state.removed += number
                return state.removing.note(nil)
            }
            if news != nil { report(.retentionRecovered) }
        } catch {
            let news = state.withLock { $0.removing.note("\(error)") }
            if case .trouble(let trouble) = news { report(.retentionFailed(trouble)) }
        }
    }
}
