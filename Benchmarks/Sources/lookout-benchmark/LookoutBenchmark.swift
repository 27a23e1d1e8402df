import Foundation

/// `lookout-benchmark NAME --option value …`: runs one benchmark and prints its tables.
///
/// `Benchmarks/run` starts what each of them needs and calls this. It exits with 1 if a target that
/// the project has set itself is missed, with 64 for wrong usage and 70 for anything else.
@main
struct LookoutBenchmark {
    /// A benchmark returns whether it met its targets.
    private typealias Benchmark = @Sendable (Options) async throws -> Bool

    private static let benchmarks: [String: Benchmark] = [
        "http": { try await HTTPBenchmark($0).run() },
        "scheduler": { try await SchedulerBenchmark($0).run() },
        "cel": { try ExpressionBenchmark($0).run() },
        "rules": { try RuleBenchmark($0).run() },
        "store": { try await StoreBenchmark($0).run() },
        "backtest": { try await BacktestBenchmark($0).run() },
        "outbox": { try await OutboxBenchmark($0).run() },
        "latency": { try await LatencyBenchmark($0).run() },
        "free-ports": { try FreePorts.list($0) },
    ]

    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let benchmark = benchmarks[name] else {
            let names = benchmarks.keys.sorted().joined(separator: "|")
            report("usage: lookout-benchmark \(names) --option value …")
            exit(64)
        }
        do {
            let isMet = try await benchmark(try Options(arguments.dropFirst()))
            exit(isMet ? 0 : 1)
        } catch let error as Options.UsageError {
            report("\(name): \(error.message)")
            exit(64)
        } catch {
            report("\(name): \(error)")
            exit(70)
        }
    }

    private static func report(_ message: String) {
        FileHandle.standardError.write(Data("lookout-benchmark: \(message)\n".utf8))
    }
}
