import LookoutModel

@testable import LookoutDeployments

extension GateCase {
    static let people = [
        GateCase("no reason", .trigger, .noGo, "cors-configuration: CORS configuration issues") { story in
            story.facts.request.intent.trigger = "  "
        },
        GateCase("a reason of one's own", .trigger, .go, "PAM backend connectivity issues") { story in
            story.facts.request.intent.trigger = "PAM backend connectivity issues"
        },
        GateCase("offline", .ownNetwork, .unknown, "Lookout itself is offline") { story in
            story.facts.outage = NetworkOutage(since: GateStory.now, reason: "three of three")
        },
        GateCase("another is open", .noOtherDeployment, .noGo, "lookout deploy finish 20261123-110000") {
            story in
            story.facts.openDeployments = GateStory.known(
                [DeploymentID("20261123-110000")].compactMap(\.self)
            )
        },
        GateCase("this one is open", .noOtherDeployment, .go) { story in
            story.facts.request.deployment = DeploymentID("d1")
            story.facts.openDeployments = GateStory.known([DeploymentID("d1")].compactMap(\.self))
        },
        GateCase("production is down", .productionStatus, .go, "refused") { story in
            story.changeCheck("backend-health", in: "production") {
                $0.newest?.outcome = .failed(Failure(.connect, "refused"))
            }
        },
        GateCase("production is not known", .productionStatus, .unknown, "has not run yet") { story in
            story.changeCheck("backend-health", in: "production") { $0.newest = nil }
        },
        GateCase("nobody knows the traffic", .productionStatus, .go, "traffic: unknown") { _ in },
    ]
}
