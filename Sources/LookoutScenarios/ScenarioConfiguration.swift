import LookoutConfiguration
import LookoutDemo
import LookoutProbes
import LookoutReceivers
import LookoutSettings

/// The configuration with which a scenario's agent watches the simulated stack: that of a team, in small.
struct ScenarioConfiguration {
    /// The folder of the rule files and of the knowledge.
    let rules: String

    /// Reads it as any configuration is read; throws what is wrong in the rule files.
    func load() throws(Diagnostics) -> Configuration {
        let place = SourcePosition(file: Self.path, line: 1, column: 1)
        let pattern = Located("\(rules)/*.yaml", at: place)
        let list = RuleFileList([pattern], besideFile: Self.path)
        guard !list.diagnostics.hasErrors else { throw list.diagnostics }
        let loader = ConfigurationLoader(probes: .builtin, receivers: .builtin, stateDirectory: nil)
        let sources = ConfigurationSources(main: FileText(path: Self.path, text: yaml), rules: list.texts)
        let (configuration, diagnostics) = loader.load(sources)
        guard let configuration else { throw diagnostics }
        return configuration
    }

    private static let path = "scenario-configuration.yaml"

    private var yaml: String {
        """
        environments:
        \(["production", "staging"].map(environment).joined(separator: "\n"))
        defaults: {interval: 15s, timeout: 2s, attempts: 2}
        probes:
          - name: backend-health
            timeout: 3s
            http: {url: "${backend}/health"}
          - name: api-cors
            timeout: 10s
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
        connectivity:
          references: ["tcp://reference-one.test:443", "tcp://reference-two.test:443", "tcp://reference-three.test:443"]
        rules: {files: ["\(rules)/*.yaml"]}
        receivers:
          - name: journal
            journal: {}
        deployments:
        \([StandardNames.production, StandardNames.staging].map(deployment).joined(separator: "\n"))
          repository: {url: "https://github.com/wheels/wins.git", migrations: supabase/migrations}
          github: {repository: wheels/wins, token: \(DemoTokens.github), url: "\(VirtualStack.url(of: .github))"}
        """
    }

    private func environment(_ name: String) -> String {
        let own = VirtualStack.addresses[name]
        let other = VirtualStack.addresses.first { $0.key != name }?.value
        let backend = own?.backend ?? ""
        return """
              \(name):
                variables:
                  frontend: \(own?.frontend ?? "")
                  backend: \(backend)
                  socket: \(backend.replacing("https://", with: "wss://"))
                  other_backend: \((other?.backend ?? "").replacing("https://", with: ""))
            """
    }

    private func deployment(_ names: StandardNames) -> String {
        let name = names.environment
        let address = VirtualStack.addresses[name]
        let origins = [
            VirtualStack.addresses["production"]?.frontend ?? "",
            "https://wheels-wins-landing-page.netlify.app",
            VirtualStack.addresses["staging"]?.frontend ?? "",
        ]
        return """
              \(name):
                branch: \(names.branch)
                frontend: \(address?.frontend ?? "")
                backend: \(address?.backend ?? "")
                netlify:
                  site: \(names.netlifySite)
                  token: \(DemoTokens.netlify)
                  url: \(VirtualStack.url(of: .netlify))/api/v1
                render:
                  service: \(names.renderService)
                  token: \(DemoTokens.render)
                  url: \(VirtualStack.url(of: .render))/v1
                supabase:
                  project: \(names.supabaseProject)
                  token: \(DemoTokens.supabase)
                  url: \(VirtualStack.url(of: .supabase))
                sentry:
                  organization: wheels-and-wins
                  environment: \(name)
                  token: \(DemoTokens.sentry)
                  url: \(VirtualStack.url(of: .sentry))
                variables:
                  APP_URL: \(address?.backend ?? "")
                  DEBUG: \(name == "production" ? "false" : "true")
                  NODE_ENV: \(name)
                  ENVIRONMENT: \(name)
                  VITE_USE_AI_SDK_PAM: true
                cors_origins: [\(origins.map { "\"\($0)\"" }.joined(separator: ", "))]
            """
    }
}
