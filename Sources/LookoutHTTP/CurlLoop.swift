import CCurl
import CLinux
import Glibc
import LookoutModel

/// libcurl's multi handle and everything that belongs to it, driven by one thread.
///
/// `curl_multi_socket_action` over epoll: an idle transfer costs nothing, whereas
/// `curl_multi_poll` walks all of them for each event. Nothing in here is touched by another
/// thread; the inbox is the only way in, and replies are the only way out.
final class CurlLoop {
    let inbox: LoopInbox
    let multi: UnsafeMutableRawPointer
    let epoll: EpollSet
    /// When libcurl wants to be called for its timeouts.
    private var curlDeadline: MonotonicTime?
    var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    var handles: [OperationID: UnsafeMutableRawPointer] = [:]
    var streams: [StreamID: OpenStream] = [:]
    var streamsBySocket: [Int32: StreamID] = [:]
    private var isStopping = false

    /// A new loop for another thread, to be taken over there with `takeRetainedValue`.
    static func retained(_ inbox: LoopInbox) throws(HTTPSetupError) -> UnsafeMutableRawPointer {
        Unmanaged.passRetained(try CurlLoop(inbox)).toOpaque()
    }

    private init(_ inbox: LoopInbox) throws(HTTPSetupError) {
        epoll = try EpollSet()
        guard let multi = curl_multi_init() else {
            throw HTTPSetupError(.resources, "libcurl could not make a multi handle: out of memory")
        }
        self.inbox = inbox
        self.multi = multi
        epoll.watch(inbox.descriptor, for: EPOLLIN.rawValue)
        let own = Unmanaged.passUnretained(self).toOpaque()
        lookout_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, own)
        lookout_multi_set_socket_callback(multi, Self.watchSocket)
        lookout_multi_set_pointer(multi, CURLMOPT_TIMERDATA, own)
        lookout_multi_set_timer_callback(multi, Self.setTimer)
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// Works until a `stop` command comes; then everything under way ends as cancelled.
    func run() {
        while !isStopping {
            epoll.wait(until: nextDeadline) { handle($0) }
            let now = MonotonicTime.now
            if let curlDeadline, curlDeadline <= now {
                self.curlDeadline = nil
                act(on: CURL_SOCKET_TIMEOUT, 0)
            }
            finishTransfers()
            expireStreams(now: now)
        }
        endEverything()
        inbox.close()
    }

    private var nextDeadline: MonotonicTime? {
        let deadlines = streams.values.compactMap(\.nextDeadline)
        return (deadlines + [curlDeadline].compactMap { $0 }).min()
    }

    private func handle(_ event: EpollSet.Event) {
        if event.descriptor == inbox.descriptor {
            for command in inbox.takeAll() { obey(command) }
        } else if let id = streamsBySocket[event.descriptor] {
            advance(id)
        } else {
            let readable = event.isReadable ? CURL_CSELECT_IN : 0
            let writable = event.isWritable ? CURL_CSELECT_OUT : 0
            let broken = event.isBroken ? CURL_CSELECT_ERR : 0
            act(on: event.descriptor, readable | writable | broken)
        }
    }

    private func act(on socket: Int32, _ readiness: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, readiness, &running)
    }

    private func endEverything() {
        for transfer in Array(transfers.values) {
            drop(transfer)
            transfer.fail(.clientShutDown)
        }
        for id in Array(streams.keys) { close(id, .clientShutDown) }
    }
}

// MARK: - Commands

extension CurlLoop {
    private func obey(_ command: LoopCommand) {
        switch command {
        case .exchange(let operation, let request, let reply):
            do throws(TransferError) {
                add(try Transfer(operation, request, reply))
            } catch {
                reply.resume(returning: .failure(error))
            }
        case .open(let operation, let request, let reply):
            do throws(TransferError) {
                add(try Transfer(operation, request, .opening(reply)))
            } catch {
                reply.resume(returning: .failure(error))
            }
        case .openMail(let operation, let mail, let reply):
            do throws(TransferError) {
                add(try Transfer(operation, mail, reply))
            } catch {
                reply.resume(returning: .failure(error))
            }
        case .send(let operation, let id, let bytes, let deadline, let reply):
            guard let stream = streams[id] else { return reply.resume(returning: .failure(.streamClosed)) }
            stream.send(operation, bytes, deadline: deadline, reply)
            advance(id)
        case .receive(let operation, let id, let deadline, let reply):
            guard let stream = streams[id] else { return reply.resume(returning: .failure(.streamClosed)) }
            stream.receive(operation, deadline: deadline, reply)
            advance(id)
        case .close(let id, let reply):
            close(id, .streamClosed)
            reply?.resume(returning: .success(()))
        case .cancel(let operation):
            cancel(operation)
        case .stop:
            isStopping = true
        }
    }

    private func cancel(_ operation: OperationID) {
        if let handle = handles[operation], let transfer = transfers[handle] {
            drop(transfer)
            transfer.fail(.cancelled)
        } else if let id = streams.first(where: { $0.value.cancel(operation) })?.key {
            advance(id)
        }
    }
}

// MARK: - Callbacks

extension CurlLoop {
    private static let watchSocket: curl_socket_callback = { _, socket, what, context, _ in
        guard let context else { return -1 }
        let loop = Unmanaged<CurlLoop>.fromOpaque(context).takeUnretainedValue()
        let interest: UInt32 =
            switch what {
            case CURL_POLL_IN: EPOLLIN.rawValue
            case CURL_POLL_OUT: EPOLLOUT.rawValue
            case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
            default: 0
            }
        loop.epoll.watch(socket, for: interest)
        return 0
    }

    private static let setTimer: curl_multi_timer_callback = { _, milliseconds, context in
        guard let context else { return -1 }
        let loop = Unmanaged<CurlLoop>.fromOpaque(context).takeUnretainedValue()
        loop.curlDeadline = milliseconds < 0 ? nil : .now + .milliseconds(Int64(milliseconds))
        return 0
    }
}
