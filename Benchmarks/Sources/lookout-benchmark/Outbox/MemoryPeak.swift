import Foundation

/// The most memory that was resident so far (proc(5), `VmHWM` of `status`), in KiB.
enum MemoryPeak {
    static var ofThisProcess: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            guard
                let peak = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
            else { throw BenchmarkError("/proc/self/status is not as expected") }
            return peak
        }
    }
}
