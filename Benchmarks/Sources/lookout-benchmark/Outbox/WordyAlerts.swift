import Logging
import LookoutAlerting
import LookoutModel
import LookoutProbing
import LookoutStorage

/// What firing alerts cost whose words are others with each sample: ten minutes of samples every 15 seconds.
struct WordyAlerts {
    private static let alerts = 1000
    private static let rounds = 40

    let folder: String

    func run() async throws {
        let store = CountedStore(try AlertDatabase.open(at: "\(folder)/wordy.db").alerts)
        let timekeeper = SystemTimekeeper(thread: try TimerThread(name: "wordy"))
        let signal = WakeSignal()
        let keeper = AlertKeeper(
            store: store,
            book: AlertBook(routes: Routes(receivers: ["team"])),
            timekeeper: timekeeper,
            outboxSignal: signal,
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        )
        let running = Task { await keeper.run() }
        let begin = timekeeper.now
        for alert in 0..<Self.alerts { await keeper.observe([judgement(alert, 0)], at: begin) }
        let (start, cpu, before) = (ContinuousClock.now, CPUTime.ofThisProcess, store.commits)
        for round in 1...Self.rounds {
            let wait = Duration.seconds(15 * round)
            let now = Moment(wall: begin.wall + wait, monotonic: begin.monotonic + wait)
            for alert in 0..<Self.alerts { await keeper.observe([judgement(alert, round)], at: now) }
        }
        let commits = store.commits - before
        let samples = Self.alerts * Self.rounds
        print(
            "\(Self.alerts.grouped) firing alerts, \(samples.grouped) samples in other words each: "
                + "\(commits.grouped) commits, \((Double(commits) / 600).short) a second of the ten minutes; "
                + "\((ContinuousClock.now - start).seconds.short) s, "
                + "\((CPUTime.ofThisProcess - cpu).short) s of CPU"
        )
        await keeper.stop()
        await running.value
    }

    private func judgement(_ alert: Int, _ round: Int) -> Judgement {
        Judgement(
            alert: AlertID(rule: "latency", labels: ["environment": "production", "probe": "api-\(alert)"]),
            outcome: .holds(.major),
            texts: AlertTexts(summary: "api-\(alert) answers slowly", description: "\(800 + round) ms"),
            interval: .seconds(15)
        )
    }
}
