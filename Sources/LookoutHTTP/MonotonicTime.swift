import CLinux
import Glibc

/// A reading of CLOCK_MONOTONIC in nanoseconds, the clock that timerfd and the loop's deadlines use.
struct MonotonicTime: Comparable, Sendable {
    let nanoseconds: Int64

    static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    static func + (left: MonotonicTime, right: Duration) -> MonotonicTime {
        let longest = Duration.seconds(86_400 * 365)
        let (seconds, attoseconds) = min(max(right, .zero), longest).components
        return MonotonicTime(
            nanoseconds: left.nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        )
    }

    static func - (left: MonotonicTime, right: MonotonicTime) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }
}

/// The system's words for an `errno`.
enum SystemError {
    static func text(_ code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
