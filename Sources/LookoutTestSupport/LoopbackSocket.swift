import Glibc

/// The few system calls that the loopback server needs.
enum LoopbackSocket {
    /// How a wait ended.
    enum Wait {
        case ready
        case timedOut
        case stopped
    }

    /// A socket that listens on a port of 127.0.0.1; 0 means any that is free.
    static func listening(on port: UInt16 = 0) throws(LoopbackError) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("socket", errno) }
        let isListening =
            withAddress(port: port) { bind(descriptor, $0, $1) } == 0 && listen(descriptor, 1024) == 0
        guard isListening else {
            let code = errno
            close(descriptor)
            throw .system("bind", code)
        }
        return descriptor
    }

    /// The reading and the writing end of a pipe.
    static func pipe() throws(LoopbackError) -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw .system("pipe", errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// The local port of a socket.
    static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutableBytes(of: &address) { raw in
            getsockname(descriptor, raw.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port of 127.0.0.1 on which nothing listens (it was free a moment ago).
    static func closedPort() throws(LoopbackError) -> UInt16 {
        let descriptor = try listening(on: 0)
        defer { close(descriptor) }
        return port(of: descriptor)
    }

    /// Whether somebody accepts connections on the port of 127.0.0.1.
    static func isListening(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        return withAddress(port: port) { connect(descriptor, $0, $1) } == 0
    }

    /// Waits until the descriptor is ready, the other one is readable, or time is up.
    static func wait(
        for descriptor: Int32,
        toBe events: Int32,
        unless stopEvent: Int32,
        timeout: Duration?
    ) -> Wait {
        let end = timeout.map { ContinuousClock.now + $0 }
        while true {
            var polled = [
                pollfd(fd: descriptor, events: Int16(events), revents: 0),
                pollfd(fd: stopEvent, events: Int16(POLLIN), revents: 0),
            ]
            let limit = end.map { max(0, ($0 - .now) / .milliseconds(1)).rounded(.up) }
            let count = poll(&polled, 2, limit.map { Int32($0) } ?? -1)
            if polled[1].revents != 0 { return .stopped }
            if polled[0].revents != 0 { return .ready }
            if count == 0 { return .timedOut }
        }
    }

    /// Calls `body` with the address of a port of 127.0.0.1.
    private static func withAddress<Result>(
        port: UInt16,
        _ body: (UnsafePointer<sockaddr>?, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafeBytes(of: &address) { raw in
            body(raw.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(raw.count))
        }
    }

    /// Switches Nagle's algorithm off: each `send` is a packet.
    static func sendsAtOnce(_ descriptor: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Lets the next `close` send RST.
    static func resetsOnClose(_ descriptor: Int32) {
        var nothing = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &nothing, socklen_t(MemoryLayout<linger>.size))
    }
}
