import Glibc

/// One accepted connection of a `LoopbackServer`, as its script sees it.
///
/// All calls block the script's thread, and end early with `LoopbackError.stopped` when the
/// server stops, so no script can outlive its test.
package final class LoopbackConnection: Sendable {
    private let descriptor: Int32
    private let stopEvent: Int32
    private let journal: LoopbackJournal

    init(_ descriptor: Int32, stopEvent: Int32, journal: LoopbackJournal) {
        self.descriptor = descriptor
        self.stopEvent = stopEvent
        self.journal = journal
        LoopbackSocket.sendsAtOnce(descriptor)
    }

    /// Reads one HTTP request: the head, and as much body as its length header says.
    ///
    /// It is recorded in the server's `requests`.
    @discardableResult
    package func readRequest() throws(LoopbackError) -> LoopbackRequest {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
            bytes += try read(atMost: 1)
        }
        var request = LoopbackRequest(head: String(decoding: bytes, as: UTF8.self))
        while request.body.count < request.contentLength {
            request.body += try read(atMost: request.contentLength - request.body.count)
        }
        journal.note(request)
        return request
    }

    /// At least one byte and at most `count`, as soon as there are any.
    package func read(atMost count: Int = 65_536) throws(LoopbackError) -> [UInt8] {
        try wait(toBe: POLLIN)
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        guard !bytes.isEmpty else { throw .peerGone }
        return bytes
    }

    package func send(_ text: String) throws(LoopbackError) {
        try send(Array(text.utf8))
    }

    /// Sends all of the bytes.
    package func send(_ bytes: [UInt8]) throws(LoopbackError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try wait(toBe: POLLOUT)
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            if sent < 0 && errno == EAGAIN { continue }
            guard sent > 0 else { throw .peerGone }
            rest = rest.dropFirst(sent)
        }
    }

    /// Sends byte for byte, each in a packet of its own, with a pause after each.
    package func sendBytewise(_ text: String, pause: Duration = .microseconds(500)) throws(LoopbackError) {
        for byte in text.utf8 {
            try send([byte])
            try pauseScript(for: pause)
        }
    }

    /// Sends the same bytes again and again until the peer has had enough.
    package func sendEndlessly(_ text: String) throws(LoopbackError) -> Never {
        let bytes = Array(text.utf8)
        while true {
            try send(bytes)
        }
    }

    /// Does nothing for a while.
    package func pauseScript(for duration: Duration) throws(LoopbackError) {
        guard LoopbackSocket.wait(for: stopEvent, toBe: POLLIN, unless: -1, timeout: duration) == .timedOut
        else { throw .stopped }
    }

    /// Says nothing until the peer closes the connection.
    package func hang() throws(LoopbackError) -> Never {
        while true {
            _ = try read()
        }
    }

    /// Says nothing and reads nothing until the server stops, so that the peer's sending gets stuck.
    package func stall() throws(LoopbackError) -> Never {
        while true {
            try pauseScript(for: .seconds(60))
        }
    }

    /// Ends the connection with RST instead of FIN.
    package func reset() {
        LoopbackSocket.resetsOnClose(descriptor)
        // Connecting to "no address" is how Linux aborts a connection without giving up the
        // descriptor, which stays ours until `finish`.
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }

    /// Closes with FIN: what the peer still sends is read, since closing over unread bytes would reset.
    func finish() {
        shutdown(descriptor, Int32(SHUT_WR))
        while (try? read()) != nil {}
        close(descriptor)
    }

    private func wait(toBe events: Int32) throws(LoopbackError) {
        switch LoopbackSocket.wait(for: descriptor, toBe: events, unless: stopEvent, timeout: nil) {
        case .ready, .timedOut: break
        case .stopped: throw .stopped
        }
    }
}
