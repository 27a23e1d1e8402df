import Logging
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport

/// A keeper over a store in memory, in virtual time.
struct KeeperHarness {
    let world = Simulation()
    let store = MemoryAlertStore()
    let outbox = WakeSignal()
    let keeper: AlertKeeper
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(routes: Routes = Routes(receivers: ["team"])) {
        keeper = AlertKeeper(
            store: store,
            book: AlertBook(routes: routes, randomness: SeededGenerator(seed: 1)),
            timekeeper: world.timekeeper,
            outboxSignal: outbox,
            logger: logger
        )
    }

    static func judgement(
        _ outcome: Judgement.Outcome,
        rule: String = "down",
        for pending: Duration = .zero
    ) -> Judgement {
        Judgement(
            alert: AlertID(rule: rule, labels: ["environment": "production", "probe": "api"]),
            outcome: outcome,
            holds: Judgement.Holds(pending: pending),
            interval: .seconds(60)
        )
    }
}
