package import LookoutModel

/// Who tells people how a deployment goes: the communication protocol behind the alerts' routes.
package protocol DeploymentAnnouncing: Sendable {
    /// Tells of a step; throws where nobody could be told, and is then asked again.
    func announce(_ step: DeploymentStep, of deployment: Deployment, text: String) async throws
}

/// Who asks everybody what is wrong, when a deployment is worse than what was before.
package protocol SymptomCollecting: Sendable {
    func symptoms(of deployment: Deployment, at now: Timestamp) async -> Symptoms
}

/// Who works out what could be rolled back.
package protocol RollbackPlanning: Sendable {
    func plan(for deployment: Deployment, symptoms: Symptoms) async -> RollbackPlan
}

/// Who writes the record of a deployment where people read it.
package protocol RecordKeeping: Sendable {
    /// Writes the record as it is now; throws where it could not, and is then asked again.
    func write(_ deployment: Deployment) async throws
}
