/// Where a deployment stands.
package enum DeploymentPhase: String, CaseIterable, Hashable, Sendable {
    /// Announced by a person; nothing has moved yet.
    case planned
    /// Something moved, and it is followed until users have it.
    case following
    case watching
    /// The verdict is there; people act on it, and the first hour goes by.
    case judged
    /// Somebody rolls back; recovery is still to be seen.
    case rollingBack = "rolling-back"
    case closed
}
