import Foundation

/// Processor time, user and system together, in seconds.
///
/// The figure to compare by: unlike the time on the wall it hardly changes with what else runs.
enum CPUTime {
    /// Of this process so far.
    static var ofThisProcess: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    /// Of the calling thread so far.
    static var ofThisThread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    /// Of another process so far, in steps of 10 ms (proc(5), fields 14 and 15 of `stat`).
    static func ofProcess(_ pid: Int) throws -> Double {
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The second field, the name, may hold anything; the third one follows its last bracket.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw BenchmarkError("/proc/\(pid)/stat is not as expected")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
