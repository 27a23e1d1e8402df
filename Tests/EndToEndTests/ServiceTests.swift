import Foundation
import LookoutDemo
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    /// The daemon as a service: what it tells systemd, reload, stop, the unit file.
    @Suite(.serialized) struct Service {
        @Test func `it says when it is ready, what it does, that it lives, and that it stops`() async throws {
            let world = try await DemoWorld()
            let manager = try ServiceManager(in: world.folder)
            let daemon = try await world.startDaemon(
                environment: ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "900000"])
            try await eventually("READY came") { manager.messages.contains { $0.contains("READY=1") } }
            try await eventually("the watchdog is fed three times") {
                manager.messages.filter { $0 == "WATCHDOG=1" }.count >= 3
            }
            #expect(manager.messages.contains { $0.contains("STATUS=8 checks") })
            daemon.signal(SIGHUP)
            try await eventually("a reload is announced and ended") {
                let messages = manager.messages
                guard let begin = messages.firstIndex(where: { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") })
                else { return false }
                return messages[begin...].contains { $0.contains("READY=1") }
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
            try await eventually("STOPPING came") { manager.messages.contains { $0.contains("STOPPING=1") } }
        }

        @Test func `a wrong file keeps the old configuration running and is reported`() async throws {
            let world = try await DemoWorld()
            let daemon = try await world.startDaemon()
            let right = try String(contentsOfFile: world.configuration, encoding: .utf8)
            try world.folder.write(right + "\nprobess: []\n", to: "lookout.yaml")
            daemon.signal(SIGHUP)
            try await eventually("the refusal is in the log") {
                daemon.errors.contains("the old one stays in force")
            }
            #expect(daemon.errors.contains("lookout.yaml:"))
            #expect(daemon.errors.contains("did you mean"))
            #expect(try await AgentView(world).reloadError?.contains("probess") == true)
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the old configuration still alerts") {
                world.alerts.contains { $0.rule == "backend-unavailable" && $0.status == "firing" }
            }

            let slower = right.replacing("interval: 1s", with: "interval: 2s")
            try world.folder.write(slower, to: "lookout.yaml")
            daemon.signal(SIGHUP)
            try await eventually("the right file is in force") {
                daemon.errors.contains("configuration reloaded")
            }
            #expect(try await AgentView(world).reloadError == nil)
            #expect(
                world.alerts.filter { $0.rule == "backend-unavailable" && $0.status == "firing" }.count == 1
            )
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a wrong rule file keeps the old rules running and is reported`() async throws {
            let world = try await DemoWorld()
            let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
            let shipped = SourceTree.root().appending(path: "Rules")
            let rules = URL(filePath: world.folder.path("rules"))
            try FileManager.default.copyItem(at: shipped, to: rules)
            try world.folder.write(text.replacing(shipped.path(), with: rules.path()), to: "lookout.yaml")
            let daemon = try await world.startDaemon()
            let file = rules.appending(path: "backend.yaml")
            let right = try String(contentsOf: file, encoding: .utf8)
            let wrong = right.replacing("sample.status", with: "sample.statsu")
            try #require(wrong != right)
            try wrong.write(to: file, atomically: true, encoding: .utf8)
            daemon.signal(SIGHUP)
            try await eventually("the refusal is in the log") {
                daemon.errors.contains("the old one stays in force")
            }
            #expect(daemon.errors.contains("backend.yaml:"))
            #expect(daemon.errors.contains("statsu"))
            #expect(try await AgentView(world).reloadError?.contains("statsu") == true)
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            try await eventually("the old rules still alert") {
                world.alerts.contains { $0.rule == "backend-unavailable" && $0.status == "firing" }
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `a restart tells nothing again`() async throws {
            let world = try await DemoWorld()
            world.stack.inject(try DemoFault(parsing: "production.backend=503"))
            var daemon = try await world.startDaemon()
            try await eventually("it fires") { !world.alerts.isEmpty }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
            let told = world.alerts
            daemon = try await world.startDaemon()
            try await eventually("it has probed again") {
                try await AgentView(world).outcomes.filter { $0 == "failed" }.count >= 1
            }
            #expect(world.alerts == told)
            world.stack.mend()
            try await eventually("it resolves") { world.alerts.last?.status == "resolved" }
            #expect(world.alerts.count == told.count + 1)
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)
        }

        @Test func `it stops within five seconds while a target and a receiver hang`() async throws {
            let world = try await DemoWorld()
            let receiver = try LoopbackServer { connection in
                _ = try connection.readRequest()
                try connection.hang()
            }
            defer { receiver.stop() }
            let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
            let url = receiver.url("/hook")
            try world.folder.write(
                text + "\n  - name: hanging\n    alertmanager_webhook: {url: \"\(url)\"}\n",
                to: "lookout.yaml"
            )
            world.stack.inject(try DemoFault(parsing: "production.cors=origin-missing"))
            let daemon = try await world.startDaemon()
            try await eventually("the receiver hangs") { !receiver.requests.isEmpty }
            world.stack.inject(try DemoFault(parsing: "production.backend=hanging"))
            try await eventually("a probe hangs too") { try await AgentView(world).runsInFlight > 0 }
            daemon.signal(SIGTERM)
            try await eventually("it ends", within: .seconds(5)) { !daemon.isRunning }
            #expect(try await daemon.exitCode() == 0)
        }

        @Test(arguments: [
            ["verify", "systemd/lookout.service"],
            ["security", "--offline=yes", "--threshold=20", "--no-pager", "systemd/lookout.service"],
        ])
        func `the unit file is clean and hardened`(arguments: [String]) throws {
            let root = SourceTree.root()
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") else {
                print("skipped: systemd-analyze is not installed")
                return
            }
            var unit = try String(
                contentsOf: root.appending(path: "systemd/lookout.service"),
                encoding: .utf8
            )
            // The program is not installed where this runs; what is looked at is the rest.
            unit = unit.replacing("/usr/local/bin/lookout", with: LookoutProcess.program)
            let folder = try TestFolder()
            let path = try folder.write(unit, to: "lookout.service")
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/systemd-analyze")
            process.arguments = arguments.dropLast() + [path]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            let complaints = said.split(separator: "\n").filter { $0.contains("lookout.service:") }
            #expect(process.terminationStatus == 0, "\(said)")
            if arguments[0] == "verify" { #expect(complaints.isEmpty, "\(said)") }
        }
    }
}

/// What listens at `$NOTIFY_SOCKET`: keeps the messages that a service sends.
final class ServiceManager: Sendable {
    let path: String
    private let descriptor: Int32
    private let received = Recorder<String>()

    init(in folder: TestFolder) throws {
        path = "/tmp/lookout-notify-\(UUID().uuidString.prefix(8))"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard result == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Everything received so far, in order.
    var messages: [String] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return received.values }
            received.record(String(decoding: bytes[..<count], as: UTF8.self))
        }
    }
}
