import LookoutModel

/// What users and logs see of a release: its commit's flaws, and what its variables do to it.
package struct DemoSymptoms: Hashable, Sendable {
    /// Without these the program does not start properly.
    package static let critical = ["APP_URL", "DEBUG", "NODE_ENV", "ENVIRONMENT", "VITE_USE_AI_SDK_PAM"]

    package var backend: Set<DemoFaultKind>
    package var cors: Set<DemoFaultKind>
    package var chat: Set<DemoFaultKind>
    /// From `CORS_ORIGINS`; nil for a wildcard.
    package var origins: [String]?

    /// The symptoms of a backend of an environment.
    package init(backend release: DemoRelease, environment: String, frontend: String, hasDatabase: Bool) {
        backend = release.revision.faults(of: .backend)
        cors = release.revision.faults(of: .cors)
        chat = release.revision.faults(of: .websocket)
        let variables = release.variables
        if Self.critical.prefix(4).contains(where: { variables[$0] == nil }) { backend.insert(.unavailable) }
        if variables["VITE_USE_AI_SDK_PAM"] != "true" { backend.insert(.emergencyMode) }
        let modes = [variables["NODE_ENV"], variables["ENVIRONMENT"]].compactMap(\.self)
        if modes.contains(where: { $0 != environment }) { backend.insert(.demoMode) }
        if variables["SUPABASE_URL"] == nil || !hasDatabase { backend.insert(.databaseUnhealthy) }
        if variables["REDIS_URL"] == nil { backend.insert(.redisUnhealthy) }
        if variables["OPENAI_API_KEY"] == nil { backend.insert(.openAIUnhealthy) }
        let listed = (variables["CORS_ORIGINS"] ?? "").split(separator: ",").map { Self.origin(String($0)) }
        if listed.contains("*") {
            cors.insert(.wildcardWithCredentials)
        } else {
            origins = listed
            // The chat socket checks the origin of the page, too.
            if !listed.contains(frontend) { chat.insert(.refused) }
        }
    }

    /// An origin of the list without spaces around it and a slash behind it.
    private static func origin(_ text: String) -> String {
        var trimmed = text.filter { !$0.isWhitespace }[...]
        while trimmed.last == "/" { trimmed.removeLast() }
        return String(trimmed)
    }

    /// What the program writes to its log while it starts.
    static func logLines(of deploy: RenderDeploy) -> [String] {
        var lines: [String] = []
        let missing = critical.filter { deploy.variables[$0] == nil }
        if !missing.isEmpty || deploy.revision.faults(of: .backend).contains(.unavailable) {
            lines.append("RuntimeError: no running event loop")
        }
        lines += missing.map { "KeyError: environment variable \($0) is not set" }
        if deploy.variables["SUPABASE_URL"] == nil {
            lines.append("supabase: connection refused, SUPABASE_URL is not set")
        }
        return lines
    }
}
