import Foundation
import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

/// That no alert is lost, by random lives of the agent: 2,000 of them here; `LOOKOUT_PROOF_SCHEDULES` asks for more.
@Suite(.serialized) struct DeliveryProofTests {
    static let schedules =
        ProcessInfo.processInfo.environment["LOOKOUT_PROOF_SCHEDULES"].flatMap(Int.init) ?? 2000

    @Test(.timeLimit(.minutes(60)))
    func `whatever fails, every alert is told, in order, and once unless the program died`() async {
        let totals = Mutex((schedules: 0, crashes: 0, transitions: 0, notices: 0, arrivals: 0))
        await checkAll(cases: Self.schedules) { generator in
            let world = ProofWorld(seed: generator.next())
            let schedule = ProofSchedule(minutes: 20, using: &generator)
            do {
                try await world.live(through: schedule)
                try await world.verdict().check()
            } catch {
                if CheckAllSeed.isGiven { print("\(schedule)\n\(try await world.verdict().story)") }
                throw error
            }
            let verdict = try await world.verdict()
            totals.withLock {
                $0.schedules += 1
                $0.crashes += verdict.endings.count { $0 == .died }
                $0.transitions += verdict.transitions.count
                $0.notices += verdict.records.count
                $0.arrivals += verdict.arrivals.count
            }
        }
        let sum = totals.withLock { $0 }
        print(
            "delivery proof: \(sum.schedules) schedules, \(sum.crashes) crashes, \(sum.transitions) transitions, "
                + "\(sum.notices) notices, \(sum.arrivals) attempts"
        )
        // A case that is repeated is one, and may be a quiet one.
        guard !CheckAllSeed.isGiven else { return }
        #expect(sum.schedules == Self.schedules)
        #expect(sum.crashes > 0 && sum.arrivals > sum.notices / 2)
    }
}

/// Whether one case is repeated, of which all is to be seen.
private enum CheckAllSeed {
    static let isGiven = ProcessInfo.processInfo.environment["CHECK_SEED"] != nil
}

extension ProofWorld {
    func verdict() async throws -> ProofVerdict {
        let begin = Timestamp(microseconds: 0)
        return ProofVerdict(
            transitions: try await disk.transitions(of: nil, since: begin, limit: .max).map(\.transition),
            records: try await disk.notices(of: nil, since: begin, limit: .max),
            arrivals: moody.arrivals.values,
            endings: endings,
            quiet: quiet
        )
    }
}
