import Foundation
import LookoutDemo
import LookoutModel
import LookoutProbing
import LookoutSimulation
import LookoutTestSupport

@testable import LookoutCommands

/// A simulated stack in this process and a configuration file for an agent that watches it.
final class DemoWorld: Sendable {
    let stack: DemoStack
    let folder: TestFolder
    /// The configuration file.
    let configuration: String
    /// Where the agent's local API listens.
    let listen: String
    private let clock: TimerThread
    private let timekeeper: SystemTimekeeper
    private let serving: Task<Void, Never>

    init(interval: Int = 1) async throws {
        folder = try TestFolder()
        clock = try TimerThread(name: "test")
        timekeeper = SystemTimekeeper(thread: clock)
        stack = try await DemoStack(firstPort: 0, timekeeper: timekeeper)
        listen = "127.0.0.1:\(try FreePort.find())"
        let text = DemoConfiguration(
            stack: stack,
            rules: SourceTree.root().appending(path: "Rules").path(),
            dataDirectory: folder.path("data"),
            listen: listen,
            printsAlerts: false,
            interval: interval
        ).yaml
        configuration = try folder.write(text, to: "lookout.yaml")
        serving = Task { [stack] in await stack.run() }
    }

    deinit {
        serving.cancel()
        clock.stop()
    }

    /// Starts the daemon and waits until it says that it is ready.
    func startDaemon(environment: [String: String] = [:]) async throws -> LookoutProcess {
        let daemon = try LookoutProcess(
            ["run", "--config", configuration],
            in: folder,
            environment: environment
        )
        try await eventually("the daemon is ready: \(daemon.errors)") {
            daemon.errors.contains("ready") || !daemon.isRunning
        }
        return daemon
    }

    /// Adds a receiver to the configuration file, for the next start or reload.
    func addReceiver(_ name: String, _ settings: String) throws {
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try folder.write(text + "\n  - name: \(name)\n    \(settings)\n", to: "lookout.yaml")
    }

    /// Adds sections to the configuration file, for the next start or reload.
    func add(_ sections: String) throws {
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try folder.write(text + "\n\(sections)\n", to: "lookout.yaml")
    }

    var now: Timestamp { timekeeper.now.wall }

    /// What the webhook sink received so far, one entry an alert, oldest first.
    var alerts: [SunkAlert] {
        stack.received.flatMap(SunkAlert.read)
    }
}

/// One alert of an Alertmanager webhook message, as the sink received it.
struct SunkAlert: Hashable, CustomStringConvertible {
    var status: String
    var rule: String
    var severity: String
    var environment: String

    var description: String { "\(environment) \(rule) \(status) severity \(severity)" }

    static func read(_ message: String) -> [SunkAlert] {
        guard let json = try? JSONValue(parsing: Array(message.utf8)),
            case .array(let alerts)? = json["alerts"]
        else { return [] }
        return alerts.map { alert in
            SunkAlert(
                status: alert["status"]?.string ?? "",
                rule: alert["labels"]?["alertname"]?.string ?? "",
                severity: alert["labels"]?["severity"]?.string ?? "",
                environment: alert["labels"]?["environment"]?.string ?? ""
            )
        }
    }
}

/// A port of 127.0.0.1 that nobody listens on.
enum FreePort {
    static func find() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard result == 0 else { throw CocoaError(.fileReadUnknown) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
