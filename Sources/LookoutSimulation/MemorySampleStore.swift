package import LookoutModel
import LookoutProbing
import Synchronization

/// A `SampleStore` that keeps everything in memory, for tests of what uses one.
package final class MemorySampleStore: SampleStore {
    private let samples = Mutex<[CheckID: [Timestamp: Sample]]>([:])

    package init() {}

    package func append(_ batch: [Sample]) async throws {
        samples.withLock { samples in
            for var sample in batch {
                sample.observation = nil
                samples[sample.check, default: [:]].merge([sample.startedAt: sample]) { old, _ in old }
            }
        }
    }

    package func newest(_ count: Int) async throws -> [CheckID: [Sample]] {
        samples.withLock { samples in
            samples.mapValues { Self.ordered($0).suffix(max(0, count)) }.filter { !$0.value.isEmpty }
        }
    }

    package func newest(_ count: Int, of check: CheckID) async throws -> [Sample] {
        samples.withLock { Self.ordered($0[check] ?? [:]).suffix(max(0, count)) }
    }

    package func samples(of check: CheckID, in range: Range<Timestamp>) async throws -> [Sample] {
        samples.withLock { samples in
            Self.ordered(samples[check] ?? [:]).filter { range.contains($0.startedAt) }
        }
    }

    package func outcomeCounts(
        of check: CheckID,
        since time: Timestamp,
        every length: Duration
    ) async throws -> [OutcomeCount] {
        let runs = samples.withLock { Self.ordered($0[check] ?? [:]) }
            .filter { $0.startedAt >= time && $0.outcome.isConclusive }
        let stretches = Dictionary(grouping: runs) { run in
            let rest = run.startedAt.microseconds % length.microseconds
            return run.startedAt.microseconds - rest - (rest < 0 ? length.microseconds : 0)
        }
        return stretches.sorted { $0.key < $1.key }.map { start, runs in
            OutcomeCount(
                start: Timestamp(microseconds: start),
                conclusive: runs.count,
                failed: runs.filter { $0.outcome.failure != nil }.count
            )
        }
    }

    package func removeSamples(before time: Timestamp) async throws -> Int {
        samples.withLock { samples in
            let before = samples.values.map(\.count).reduce(0, +)
            samples = samples.mapValues { $0.filter { $0.key >= time } }
            return before - samples.values.map(\.count).reduce(0, +)
        }
    }

    private static func ordered(_ samples: [Timestamp: Sample]) -> [Sample] {
        samples.values.sorted { $0.startedAt < $1.startedAt }
    }
}
