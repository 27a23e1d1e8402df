import CLinux
import Glibc
import Synchronization

/// The way into the loop from all other threads: a queue of commands and an eventfd.
///
/// The eventfd wakes the loop. `curl_multi_wakeup` would not do, since it does not wake an epoll set.
final class LoopInbox: Sendable {
    /// Readable while commands are waiting.
    let descriptor: Int32

    private struct State {
        var commands: [LoopCommand] = []
        var isClosed = false
        /// Those who wait for the loop's end.
        var closeWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let lastNumber = Atomic<UInt64>(0)

    init() throws(HTTPSetupError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw HTTPSetupError(.resources, "cannot make an eventfd: \(SystemError.text(errno))")
        }
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// A number that no other operation or stream of this inbox has.
    func nextNumber() -> UInt64 {
        lastNumber.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Hands a command to the loop, or refuses it if the loop has ended.
    func post(_ command: LoopCommand) {
        let isFirst: Bool? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.commands.append(command)
            return state.commands.count == 1
        }
        switch isFirst {
        case true?: wake()
        case false?: break
        case nil: command.refuse()
        }
    }

    /// The commands since the last call; the loop's side.
    func takeAll() -> [LoopCommand] {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        return state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Refuses what is waiting and all that comes later; the loop's last act.
    func close() {
        let (commands, waiters) = state.withLock { state in
            state.isClosed = true
            defer {
                state.commands = []
                state.closeWaiters = []
            }
            return (state.commands, state.closeWaiters)
        }
        for command in commands { command.refuse() }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when the loop has ended.
    func waitUntilClosed() async {
        await withCheckedContinuation { waiter in
            let isClosed = state.withLock { state in
                if !state.isClosed { state.closeWaiters.append(waiter) }
                return state.isClosed
            }
            if isClosed { waiter.resume() }
        }
    }

    private func wake() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }
}
