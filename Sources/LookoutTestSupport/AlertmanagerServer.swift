import Glibc

/// A real Alertmanager for tests: Debian's, with a configuration and a folder of its own, on free ports of
/// 127.0.0.1, alone or as a member of a cluster.
package final class AlertmanagerServer: Sendable {
    package let port: UInt16
    private let clusterPort: UInt16
    private let folder: ScratchFolder
    private let process: TestProcess

    package static let isAvailable = TestProgram(named: "prometheus-alertmanager") != nil

    /// Starts it with all alerts going to a webhook, an http URL: alone, or as a member of a cluster, which it
    /// joins through a peer unless it is the first.
    package init(webhook: String, peer: AlertmanagerServer? = nil, isMember: Bool = false) throws {
        guard let program = TestProgram(named: "prometheus-alertmanager") else {
            throw TestProgramError(path: "prometheus-alertmanager", status: ENOENT, log: "")
        }
        folder = try ScratchFolder("lookout-alertmanager")
        port = try LoopbackSocket.closedPort()
        clusterPort = try LoopbackSocket.closedPort()
        try folder.write(Self.configuration(webhook), to: "alertmanager.yml")
        var arguments = [
            "--config.file=\(folder.file("alertmanager.yml"))", "--storage.path=\(folder.file("data"))",
            "--web.listen-address=127.0.0.1:\(port)",
        ]
        if isMember {
            arguments += [
                "--cluster.listen-address=127.0.0.1:\(clusterPort)", "--cluster.settle-timeout=3s",
                "--cluster.peer-timeout=2s", "--cluster.gossip-interval=50ms",
                "--cluster.pushpull-interval=2s",
            ]
            if let peer { arguments.append("--cluster.peer=127.0.0.1:\(peer.clusterPort)") }
        } else {
            arguments.append("--cluster.listen-address=")
        }
        process = try program.start(arguments, log: folder.file("output.log"))
        let deadline = ContinuousClock.now + .seconds(20)
        while !LoopbackSocket.isListening(port), ContinuousClock.now < deadline { poll(nil, 0, 5) }
    }

    package func url(_ path: String = "") -> String { "http://127.0.0.1:\(port)\(path)" }

    package func stop() {
        process.stop()
        folder.remove()
    }

    private static func configuration(_ webhook: String) -> String {
        """
        route:
          receiver: team
          group_by: [alertname]
          group_wait: 1s
          group_interval: 1s
          repeat_interval: 1h
        receivers:
          - name: team
            webhook_configs:
              - url: \(webhook)
                send_resolved: true

        """
    }
}
