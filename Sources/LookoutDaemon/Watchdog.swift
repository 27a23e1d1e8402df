import LookoutModel
import LookoutProbing

/// Tells the service manager that the agent lives, but only while it works.
///
/// What that means is the agent's to say.
struct Watchdog: Sendable {
    let notifier: ServiceNotifier
    let timekeeper: any Timekeeper
    /// Whether the agent does its work at this moment.
    let isWorking: @Sendable () async -> Bool
    /// One line for `systemctl status`.
    let status: @Sendable () async -> String

    /// Runs until cancelled: three signs of life in each period of the watchdog, or a status every
    /// ten seconds where there is no watchdog.
    func run() async throws {
        let period = notifier.watchdogTimeout.map { min($0 / 3, .seconds(10)) } ?? .seconds(10)
        var shown = ""
        while true {
            try await timekeeper.sleep(for: period)
            if await isWorking() { notifier.watchdog() }
            let status = await status()
            if status != shown { notifier.status(status) }
            shown = status
        }
    }
}
