import LookoutConfiguration
import LookoutDashboard
import LookoutModel
import Synchronization

/// Which configuration is in force, since when, and why a newer one was refused.
final class ConfigurationJournal: Sendable {
    private struct State {
        var configuration: Configuration
        var status: ConfigurationStatus
    }

    private let state: Mutex<State>

    init(_ configuration: Configuration, path: String, at now: Timestamp) {
        let status = ConfigurationStatus(path: path, loadedAt: now)
        state = Mutex(State(configuration: configuration, status: status))
    }

    var current: Configuration { state.withLock { $0.configuration } }
    var status: ConfigurationStatus { state.withLock { $0.status } }

    func adopt(_ configuration: Configuration, at now: Timestamp) {
        state.withLock { state in
            state.configuration = configuration
            state.status.loadedAt = now
            state.status.reloadError = nil
        }
    }

    func refuse(_ reason: String) {
        state.withLock { $0.status.reloadError = reason }
    }
}
