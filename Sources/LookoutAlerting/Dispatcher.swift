package import Logging
package import LookoutModel
import Synchronization

/// Tells what is in the outbox: one worker a receiver, and none waits for another.
///
/// Every notice that is on the disk is sent at least once, in the order of its alert, and twice only
/// if the program died (or the disk failed) between the sending and the record of it.
package final class Dispatcher: Sendable {
    /// How the dispatcher works; all of it has defaults.
    package struct Options: Hashable, Sendable {
        package var policy: RetryPolicy
        /// How long attempts that run may go on after the stop.
        package var grace: Duration
        /// How long a claim holds; longer than any attempt.
        package var leaseDuration: Duration
        /// Of how many alerts something may wait for a receiver before it is told as a digest.
        package var digestThreshold: Int
        /// How many notices a digest has at most.
        package var digestLimit: Int

        package init(
            policy: RetryPolicy = RetryPolicy(),
            grace: Duration = .seconds(2),
            leaseDuration: Duration = .seconds(120),
            digestThreshold: Int = 10,
            digestLimit: Int = 1000
        ) {
            self.policy = policy
            self.grace = grace
            self.leaseDuration = leaseDuration
            self.digestThreshold = digestThreshold
            self.digestLimit = digestLimit
        }
    }

    /// What workers share and a reload changes.
    private struct Desk {
        var receivers: [String: ConfiguredReceiver]
        /// Counts reloads, so that a worker knows when its receiver may be another.
        var edition = 0
        var isStopped = false
        var isOffline = false
        /// How the receivers fare that do not simply work.
        var health: [String: ReceiverHealth] = [:]
        var numbers: [String: DispatchNumbers] = [:]
    }

    let store: any AlertStore
    let tools: ReceiverTools
    let options: Options
    /// Names this run of the program in leases.
    let owner: String
    let logger: Logger
    let randomness: any RandomNumberGenerator & Sendable
    /// Raised when there may be work: new notices, a reload, the stop.
    package let signal: WakeSignal
    /// Raised when a receiver's health changes.
    package let healthSignal = WakeSignal()
    private let desk: Mutex<Desk>
    private let stopSignal = WakeSignal()

    /// - Parameters:
    ///   - store: the outbox.
    ///   - receivers: who is told; `replace` changes them.
    ///   - tools: what receivers may use.
    ///   - owner: a name for this run of the program that no other run has, for leases.
    ///   - signal: the one that the alert keeper raises.
    ///   - options: how the dispatcher works.
    ///   - randomness: for jitter.
    ///   - logger: gets failed attempts at `warning` and notices that are given up at `error`.
    package init(
        store: any AlertStore,
        receivers: [ConfiguredReceiver],
        tools: ReceiverTools,
        owner: String,
        signal: WakeSignal,
        options: Options = Options(),
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        logger: Logger
    ) {
        self.store = store
        self.tools = tools
        self.owner = owner
        self.signal = signal
        self.options = options
        self.randomness = randomness
        self.logger = logger
        desk = Mutex(Desk(receivers: Self.byName(receivers)))
    }

    /// Sends until `stop`, or until the task is cancelled.
    ///
    /// First frees what a dead process was sending, and learns how long receivers asked to be left alone.
    package func run() async {
        await releaseLeases()
        await loadHealth()
        await withDiscardingTaskGroup { group in
            // A worker outlives its receiver, idle: were it ended and the receiver added again, two
            // might send at once.
            var working: Set<String> = []
            while !isStopped, !Task.isCancelled {
                let seen = signal.generation
                for name in receiverNames {
                    guard working.insert(name).inserted else { continue }
                    group.addTask(name: "dispatcher \(name)") {
                        var worker = DispatchWorker(dispatcher: self, receiver: name)
                        await worker.run()
                    }
                }
                await signal.wait(beyond: seen)
            }
        }
    }

    /// Ends `run`: attempts that run get the grace, and what became of them is still recorded.
    package func stop() {
        desk.withLock { $0.isStopped = true }
        stopSignal.raise()
        signal.raise()
    }

    /// Changes who is told.
    ///
    /// All receivers are taken as sound again, and tried at once, but for those that asked to be left alone.
    package func replace(_ receivers: [ConfiguredReceiver]) {
        desk.withLock {
            $0.receivers = Self.byName(receivers)
            $0.edition += 1
        }
        signal.raise()
    }

    /// Says whether this machine is cut off from the network: then receivers that need one are left alone,
    /// without an attempt being counted.
    package func setOffline(_ isOffline: Bool) {
        let hasChanged = desk.withLock { desk in
            defer { desk.isOffline = isOffline }
            return desk.isOffline != isOffline
        }
        if hasChanged { signal.raise() }
    }

    /// How each configured receiver fares.
    package var health: [String: ReceiverHealth] {
        desk.withLock { desk in
            Dictionary(uniqueKeysWithValues: desk.receivers.keys.map { ($0, desk.health[$0] ?? .working) })
        }
    }

    /// What became of the attempts to tell each configured receiver.
    package var numbers: [String: DispatchNumbers] {
        desk.withLock { desk in
            let known = desk.receivers.keys.map { ($0, desk.numbers[$0] ?? DispatchNumbers()) }
            return Dictionary(uniqueKeysWithValues: known)
        }
    }

    /// Counts what a worker did.
    func count(_ receiver: String, _ note: (inout DispatchNumbers) -> Void) {
        desk.withLock { note(&$0.numbers[receiver, default: DispatchNumbers()]) }
    }

    /// Takes over how a receiver fares, puts it on the disk, and says so; if it is news.
    func note(_ health: ReceiverHealth, of receiver: String) async {
        let isNews = desk.withLock { desk in
            let known = desk.health[receiver] ?? .working
            guard known != health else { return false }
            desk.health[receiver] = health
            return true
        }
        guard isNews else { return }
        healthSignal.raise()
        do {
            try await store.setHealth(health, of: receiver)
        } catch {
            logger.error(
                "a receiver's state could not be stored; a restart would not know of it",
                metadata: ["receiver": "\(receiver)", "error": "\(error)"]
            )
        }
    }

    func health(of receiver: String) -> ReceiverHealth { desk.withLock { $0.health[receiver] ?? .working } }

    /// Whether a receiver cannot be reached because nobody can.
    func isCutOff(_ receiver: ConfiguredReceiver) -> Bool {
        !receiver.traits.isLocal && desk.withLock { $0.isOffline }
    }

    var isStopped: Bool { desk.withLock { $0.isStopped } }
    var edition: Int { desk.withLock { $0.edition } }

    func receiver(named name: String) -> ConfiguredReceiver? {
        desk.withLock { $0.receivers[name] }
    }

    /// Returns at the stop.
    func waitForStop() async {
        await stopSignal.wait(beyond: 0)
    }

    private var receiverNames: [String] { desk.withLock { $0.receivers.keys.sorted() } }

    private func releaseLeases() async {
        do {
            let count = try await store.releaseLeases(exceptOf: owner)
            if count > 0 {
                logger.notice(
                    "notices whose sending was interrupted are sent again",
                    metadata: ["count": "\(count)"]
                )
            }
        } catch {
            logger.error(
                "leases of an earlier run could not be released; their notices wait until the leases end",
                metadata: ["error": "\(error)"]
            )
        }
    }

    private func loadHealth() async {
        do {
            let stored = try await store.receiverHealth()
            let known = desk.withLock { desk in
                desk.health.merge(stored.filter { desk.receivers[$0.key] != nil }) { new, _ in new }
                return desk.health
            }
            for name in stored.keys where known[name] == nil {
                try await store.setHealth(.working, of: name)
            }
            if !known.isEmpty { healthSignal.raise() }
        } catch {
            logger.error(
                "how receivers fared before the start could not be read; all are tried at once",
                metadata: ["error": "\(error)"]
            )
        }
    }

    private static func byName(_ receivers: [ConfiguredReceiver]) -> [String: ConfiguredReceiver] {
        Dictionary(receivers.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }
}
