import LookoutModel
import Synchronization

/// What the agent does about deployments now; another configuration puts another in its place.
final class DeploymentSlot: Sendable {
    private let slot = Mutex<AgentDeployments?>(nil)
    /// Raised when there is another.
    let changes = WakeSignal()

    /// Nil where the configuration says nothing of deployments.
    var current: AgentDeployments? { slot.withLock { $0 } }

    func replace(_ deployments: AgentDeployments?) {
        slot.withLock { $0 = deployments }
        changes.raise()
    }
}
