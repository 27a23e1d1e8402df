import Glibc
import Testing

@testable import LookoutDaemon

@Suite struct NotificationSettings {
    @Test(arguments: [
        (["WATCHDOG_USEC": "60000000"], Duration.seconds(60)),
        (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "\(getpid())"], .seconds(60)),
        (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"], nil),
        (["WATCHDOG_USEC": "soon"], nil),
        (["WATCHDOG_USEC": "0"], nil),
        ([:], nil),
    ])
    func `the watchdog is fed only if it is ours`(environment: [String: String], expected: Duration?) {
        #expect(ServiceNotifier(environment: environment).watchdogTimeout == expected)
    }

    @Test func `without a service manager nothing happens`() {
        ServiceNotifier(environment: [:]).ready(status: "up")
        ServiceNotifier(environment: ["NOTIFY_SOCKET": "/nonexistent/socket"]).watchdog()
        let tooLong = String(repeating: "x", count: 200)
        ServiceNotifier(environment: ["NOTIFY_SOCKET": tooLong]).stopping(status: "down")
    }
}
