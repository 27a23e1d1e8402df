import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutPipeline
import LookoutProbing

/// What the agent does when it loses its network, and when it has it back.
extension Agent {
    /// After a return, what waits is told once every check has been asked again, or after this time.
    private static let longestReturn = Duration.seconds(30)

    /// Holds back what is told over the network while there is none; until cancelled.
    func tendConnectivity() async throws {
        while true {
            let seen = selfNews.generation
            if connectivity.knownOutage == nil {
                dispatcher.setOffline(false)
                try await waitForNews(beyond: seen, atMost: .seconds(3600))
                continue
            }
            dispatcher.setOffline(true)
            while connectivity.knownOutage != nil {
                try await waitForNews(beyond: selfNews.generation, atMost: Connectivity.freshness)
            }
            try await lookAgain()
        }
    }

    /// Asks every check once more, so that what is over is told as over.
    private func lookAgain() async throws {
        let returned = system.timekeeper.now.monotonic
        scheduler.hasten()
        while system.timekeeper.now.monotonic - returned < Self.longestReturn,
            connectivity.knownOutage == nil
        {
            let received = await pipeline.receivedAt
            let isDone = journal.current.checks.allSatisfy { check in
                received[check.check.id].map { $0 > returned } ?? false
            }
            if isDone { return }
            try await sleep(for: .seconds(1))
        }
    }

    /// What the log says of a change.
    static func report(_ change: Connectivity.Change, to logger: Logger) {
        switch change {
        case .lost(let outage):
            logger.error(
                "Lookout has no network; checks that fail say nothing and only local receivers are told",
                metadata: ["error": "\(outage.reason)"]
            )
        case .returned(let past):
            let seconds = (past.end - past.outage.since).components.seconds
            logger.notice(
                "Lookout has its network back; all checks are asked again",
                metadata: ["offline.seconds": "\(seconds)", "since": "\(past.outage.since.rfc3339)"]
            )
        }
    }
}
