package import LookoutAlerting
package import LookoutDeployments
package import LookoutModel

/// Tells people how a deployment goes, through the outbox and the routes of announcements.
package struct DeploymentAnnouncer: DeploymentAnnouncing {
    /// Who speaks where no person does.
    private static let author = "lookout"

    private let keeper: AlertKeeper
    private let timekeeper: any Timekeeper

    package init(_ keeper: AlertKeeper, timekeeper: any Timekeeper) {
        self.keeper = keeper
        self.timekeeper = timekeeper
    }

    package func announce(
        _ step: DeploymentStep,
        of deployment: Deployment,
        text: String
    ) async throws {
        let now = timekeeper.now
        let announcement = Announcement(
            topic: .deployment(deployment.id.text),
            stage: step.stage,
            environment: deployment.environment.isEmpty ? nil : deployment.environment,
            isEmergency: deployment.intent?.isEmergency ?? false,
            author: step == .start ? deployment.intent?.author ?? Self.author : Self.author,
            remark: text,
            at: now.wall
        )
        _ = try await keeper.announce(announcement, at: now)
    }
}

extension DeploymentStep {
    /// The step of the communication protocol that it belongs to.
    fileprivate var stage: Announcement.Stage {
        switch self {
        case .start: .start
        case .watch: .watch
        case .verdict, .rollback, .recovery, .trouble, .reminder: .update
        case .close: .close
        }
    }
}
