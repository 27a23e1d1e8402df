import CLinux
import Glibc

/// An epoll set with a timer in it.
///
/// A timerfd, since `epoll_wait` only knows whole milliseconds.
final class EpollSet {
    private let descriptor: Int32
    private let timer: Int32
    private var armedFor: MonotonicTime?
    private let events: UnsafeMutablePointer<epoll_event>
    private static let capacity = 256

    /// A descriptor that is ready, and for what.
    struct Event {
        let descriptor: Int32
        let readiness: UInt32

        var isReadable: Bool { readiness & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 }
        var isWritable: Bool { readiness & EPOLLOUT.rawValue != 0 }
        var isBroken: Bool { readiness & EPOLLERR.rawValue != 0 }
    }

    init() throws(HTTPSetupError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC | TFD_NONBLOCK))
        events = .allocate(capacity: Self.capacity)
        guard descriptor >= 0, timer >= 0 else {
            throw HTTPSetupError(.resources, "cannot make an epoll set: \(SystemError.text(errno))")
        }
        watch(timer, for: EPOLLIN.rawValue)
    }

    deinit {
        if timer >= 0 { close(timer) }
        if descriptor >= 0 { close(descriptor) }
        events.deallocate()
    }

    /// Watches a descriptor for these events instead of those before; for none, no longer.
    func watch(_ watched: Int32, for interest: UInt32) {
        var event = epoll_event()
        event.events = interest
        event.data.fd = watched
        if interest == 0 {
            epoll_ctl(descriptor, EPOLL_CTL_DEL, watched, &event)
        } else if epoll_ctl(descriptor, EPOLL_CTL_MOD, watched, &event) != 0 {
            epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event)
        }
    }

    /// Waits until a descriptor is ready or the time has come, and hands over those that are ready.
    func wait(until deadline: MonotonicTime?, _ body: (Event) -> Void) {
        arm(for: deadline)
        let count = epoll_wait(descriptor, events, Int32(Self.capacity), -1)
        for index in 0..<Int(max(0, count)) {
            let event = events[index]
            if event.data.fd == timer {
                var expirations: UInt64 = 0
                _ = read(timer, &expirations, MemoryLayout<UInt64>.size)
                armedFor = nil
            } else {
                body(Event(descriptor: event.data.fd, readiness: event.events))
            }
        }
    }

    private func arm(for deadline: MonotonicTime?) {
        guard deadline != armedFor else { return }
        // All zeros would switch the timer off, so a deadline of old is one nanosecond after boot.
        let nanoseconds = deadline.map { max(1, $0.nanoseconds) } ?? 0
        var time = itimerspec()
        time.it_value.tv_sec = Int(nanoseconds / 1_000_000_000)
        time.it_value.tv_nsec = Int(nanoseconds % 1_000_000_000)
        timerfd_settime(timer, Int32(TFD_TIMER_ABSTIME), &time, nil)
        armedFor = deadline
    }
}
