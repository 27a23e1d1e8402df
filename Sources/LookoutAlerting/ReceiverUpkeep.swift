package import Logging
import LookoutModel
import Synchronization

/// Runs what receivers do besides sending, and begins anew when they are replaced.
package final class ReceiverUpkeep: Sendable {
    private let receivers: Mutex<[ConfiguredReceiver]>
    private let changes = WakeSignal()
    private let alerts: CurrentAlerts
    private let tools: ReceiverTools
    private let logger: Logger

    /// An upkeep of receivers that want to know all alerts from time to time.
    package init(
        _ receivers: [ConfiguredReceiver],
        alerts: @escaping CurrentAlerts,
        tools: ReceiverTools,
        logger: Logger
    ) {
        self.receivers = Mutex(receivers)
        self.alerts = alerts
        self.tools = tools
        self.logger = logger
    }

    /// Goes on with other receivers.
    package func replace(_ receivers: [ConfiguredReceiver]) {
        self.receivers.withLock { $0 = receivers }
        changes.raise()
    }

    /// Goes on until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            let seen = changes.generation
            let receivers = self.receivers.withLock { $0 }
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { [changes] in
                    await changes.wait(beyond: seen)
                    return true
                }
                for receiver in receivers {
                    group.addTask { [self] in
                        await receiver.keepUp(with: alerts, tools(for: receiver))
                        return false
                    }
                }
                // Most receivers have nothing to keep up and return at once.
                while await group.next() == false {}
                group.cancelAll()
            }
        }
    }

    private func tools(for receiver: ConfiguredReceiver) -> ReceiverTools {
        var tools = tools
        tools.report = { [logger] text in
            logger.warning(
                "a receiver is in trouble",
                metadata: ["receiver": "\(receiver.name)", "error": "\(text)"]
            )
        }
        return tools
    }
}
