import Glibc
import LookoutModel

/// The service manager's notification protocol, sd_notify(3): datagrams to `$NOTIFY_SOCKET`.
///
/// Without a service manager nothing is sent. Sending never blocks and never fails the caller:
/// the agent's work does not depend on being heard.
package struct ServiceNotifier: Sendable {
    private let socketPath: String?
    /// How often `WATCHDOG=1` must come, from `$WATCHDOG_USEC`; nil if no watchdog runs.
    package let watchdogTimeout: Duration?

    /// - Parameter environment: the process's environment variables.
    package init(environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        watchdogTimeout =
            isForUs
            ? environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap { $0 > 0 ? .microseconds($0) : nil }
            : nil
    }

    package func ready(status: String) {
        send("READY=1\nSTATUS=\(Self.line(status))")
    }

    package func status(_ text: String) {
        send("STATUS=\(Self.line(text))")
    }

    /// - Parameter monotonic: CLOCK_MONOTONIC now, which systemd compares with its own.
    package func reloading(monotonic: Duration) {
        send("RELOADING=1\nMONOTONIC_USEC=\(monotonic.microseconds)")
    }

    package func stopping(status: String) {
        send("STOPPING=1\nSTATUS=\(Self.line(status))")
    }

    package func watchdog() {
        send("WATCHDOG=1")
    }

    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    private func send(_ message: String) {
        guard let socketPath else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = sendto(
                    descriptor,
                    bytes,
                    bytes.count,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
                    generic,
                    length
                )
            }
        }
    }
}
