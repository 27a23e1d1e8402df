import Logging
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutStorage

extension Agent {
    /// How often it is looked whether silences are used up.
    private static let silencePeriod = Duration.seconds(15)

    /// Tells the keeper which silences there are: those that are in force or lie ahead.
    func putSilencesInForce() async throws {
        let now = system.timekeeper.now
        let silences = try await stores.silences(at: now.wall)
        try await keeper.replace(silences: silences, at: now)
    }

    /// Puts on the disk which silences ended with what they were about, puts in force what is on the disk,
    /// and forgets old ones.
    ///
    /// Until it is on the disk, such a silence would be in force again after a restart.
    func tendSilences() async throws {
        while true {
            do {
                try await endSpentSilences()
                try await putSilencesInForce()
                let oldest = system.timekeeper.now.wall - journal.current.retention.alerts
                _ = try await stores.operations.forgetSilences(endedBefore: oldest)
            } catch {
                logger.error("silences cannot be brought up to date", metadata: ["error": "\(error)"])
            }
            try await sleep(for: Self.silencePeriod)
        }
    }

    private func endSpentSilences() async throws {
        let spent = await keeper.spentSilences
        guard !spent.isEmpty else { return }
        let now = system.timekeeper.now.wall
        let ended = try await stores.operations.silences(endingAfter: now).filter { spent.contains($0.id) }
        for var silence in ended {
            silence.endsAt = now
            try await stores.operations.save(silence)
            logger.notice("a silence ended with what it was about", metadata: ["silence": "\(silence.id)"])
        }
    }
}
