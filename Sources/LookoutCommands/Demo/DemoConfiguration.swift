import LookoutDemo

/// The configuration with which the demo's agent watches the demo's stack: a real file, kept
/// beside the demo's data so that it can be read and tried.
struct DemoConfiguration {
    var stack: DemoStack
    /// The folder of the shipped rule files.
    var rules: String
    var dataDirectory: String
    var listen: String
    /// Whether alerts are also printed as they come; the live screen shows them itself.
    var printsAlerts: Bool
    /// Seconds between two runs of a check.
    var interval: Int

    var yaml: String {
        """
        data_directory: \(dataDirectory)
        listen: \(listen)
        environments:
        \(DemoStack.environments.map(environment).joined(separator: "\n"))
        defaults: {interval: \(interval)s, timeout: 2s, attempts: 2}
        probes:
          - name: backend-health
            timeout: 3s
            attempts: 1
            http: {url: "${backend}/health"}
          - name: api-cors
            timeout: 20s
            attempts: 1
            cors:
              url: ${backend}/api/v1/profile
              credentials: include
              allow: ["${frontend}"]
          - name: chat-websocket
            websocket:
              url: ${socket}/ws/chat
              origin: ${frontend}
              send: '{"type": "hello"}'
              expect_reply: reply
          - name: frontend
            timeout: 4500ms
            attempts: 1
            page:
              url: ${frontend}/
              markers: [emergency mode, demo mode]
              forbidden_hosts: ["${other_backend}"]
              version_from: {meta: version}
        rules: {files: ["\(rules)/*.yaml"]}
        receivers:
          - name: sink
            alertmanager_webhook: {url: "\(stack.sinkURL)"}
        \(printsAlerts ? "  - name: console\n    terminal: {}" : "")
        """
    }

    private func environment(_ name: String) -> String {
        let site = stack.site(name)
        let other = stack.site(DemoStack.environments.first { $0 != name } ?? name)
        return """
              \(name):
                variables:
                  frontend: \(site.frontend)
                  backend: \(site.backend)
                  socket: \(site.backend.replacing("http://", with: "ws://"))
                  other_backend: \(other.backend.replacing("http://", with: ""))
            """
    }
}
