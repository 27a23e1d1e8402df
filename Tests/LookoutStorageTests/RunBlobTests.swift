import LookoutModel
import LookoutStatistics
import LookoutTestSupport
import Testing

@testable import LookoutStorage

@Suite struct RunBlobTests {
    private func bits(_ runs: [CheckSample]) -> [String] {
        runs.map { "\($0.time.bitPattern) \($0.isOK) \($0.seconds.map { String($0.bitPattern) } ?? "-")" }
    }

    @Test func `awkward numbers come back bit by bit`() {
        let numbers = [
            0, -0.0, 1, 0.1, 1 / 3, 1e-300, 1e300, -5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
            1_790_000_000.123456, 9_007_199_254_740_992, .greatestFiniteMagnitude,
        ]
        let runs = numbers.flatMap { time in
            ([nil] + numbers.map { Optional($0) }).map {
                CheckSample(time: time, isOK: time > 0, seconds: $0)
            }
        }
        #expect(RunBlob.runs(of: RunBlob.bytes(of: runs)).map(bits) == bits(runs))
    }

    @Test func `runs as they are measured take few bytes`() {
        let runs = (0..<2160).map { (index: Int) -> CheckSample in
            let microseconds = 1_790_000_000_000_000 + index * 10_000_000
            let taken = 180_000 + index * 17
            return CheckSample(time: Double(microseconds) / 1e6, isOK: true, seconds: Double(taken) / 1e6)
        }
        let bytes = RunBlob.bytes(of: runs)
        #expect(RunBlob.runs(of: bytes) == runs)
        #expect(bytes.count < 9 * runs.count)
    }

    @Test func `damaged bytes are noticed or give other runs, and never crash`() async {
        let runs = (0..<20).map { CheckSample(time: Double($0) / 3, isOK: false, seconds: Double($0)) }
        let bytes = RunBlob.bytes(of: runs)
        #expect(RunBlob.runs(of: []) == nil)
        #expect(RunBlob.runs(of: [2] + bytes.dropFirst()) == nil)
        await checkAll(cases: 500) { generator in
            var damaged = bytes
            damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                in: 0...255,
                using: &generator
            )
            damaged.removeLast(Int.random(in: 0...3, using: &generator))
            _ = RunBlob.runs(of: damaged)
        }
    }
}
