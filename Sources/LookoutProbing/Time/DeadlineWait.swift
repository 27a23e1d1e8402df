import CLinux
import Glibc

/// A wait of one thread for a deadline, which any other thread can end early.
final class DeadlineWait: Sendable {
    private let timer: CInt
    private let bell: CInt

    init() throws(SystemCallError) {
        timer = timerfd_create(CLOCK_MONOTONIC, CInt(TFD_CLOEXEC | TFD_NONBLOCK))
        guard timer >= 0 else { throw SystemCallError(call: "timerfd_create", code: errno) }
        bell = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        guard bell >= 0 else {
            let code = errno
            close(timer)
            throw SystemCallError(call: "eventfd", code: code)
        }
    }

    deinit {
        close(timer)
        close(bell)
    }

    /// Returns at the deadline of `CLOCK_MONOTONIC`, when interrupted, and now and then for no reason.
    func wait(until deadline: Duration?) {
        // Setting the timer also forgets that it has expired; zero switches it off.
        var setting = itimerspec()
        if let deadline { setting.it_value = timespec(max(deadline, .nanoseconds(1))) }
        timerfd_settime(timer, CInt(TFD_TIMER_ABSTIME), &setting, nil)
        var descriptors = [
            pollfd(fd: timer, events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
        ]
        poll(&descriptors, nfds_t(descriptors.count), -1)
        if descriptors[1].revents != 0 {
            var count: eventfd_t = 0
            eventfd_read(bell, &count)
        }
    }

    /// Ends the wait, or the next one if there is none.
    func interrupt() {
        eventfd_write(bell, 1)
    }
}

extension timespec {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    }
}

extension Duration {
    /// What a clock of the system shows.
    init(clock: clockid_t) {
        var time = timespec()
        clock_gettime(clock, &time)
        self = .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
