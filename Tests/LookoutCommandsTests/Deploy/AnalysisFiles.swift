import LookoutSimulation
import LookoutTestSupport

/// Files of runs, one each ten seconds, written for a test.
struct AnalysisFiles {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder("deploy-analyze")
    }

    var baseline: String { folder.file("before.jsonl") }
    var window: String { folder.file("after.jsonl") }

    /// Latencies fall anywhere between half and one and a half of `level`, in milliseconds to have ties.
    static func lines(
        _ check: String,
        _ count: Int,
        from start: Int,
        level: Double,
        failing every: Int = 0,
        seed: UInt64
    ) -> String {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let milliseconds = (1_000 * level * Double.random(in: 0.5...1.5, using: &generator)).rounded()
            let isOK = every == 0 || index % every != every - 1
            // Every other failure is a timeout.
            let seconds = !isOK && index % (2 * every) == every - 1 ? "null" : "\(milliseconds / 1_000)"
            return """
                {"time": \(start + index * 10), "check": "\(check)", "ok": \(isOK), "seconds": \(seconds)}

                """
        }
        .joined()
    }
}
