/// The frontend: a page, its script and its style, as a static host serves them.
package struct DemoFrontend: Sendable {
    package var faults: Set<DemoFaultKind>
    /// The backend that the script talks to.
    package var backendURL: String
    /// The other environment's backend, which a wrong build has in its script.
    package var foreignBackendURL: String
    /// What a build that is not stale reports.
    package var currentVersion: String
    /// What the build has put into the names of its assets.
    package var build: String

    /// What the latency of its answers is multiplied by.
    package var slowness = 1.0
    /// The share of its answers that fail.
    package var failureShare = 0.0

    package init(
        backendURL: String,
        foreignBackendURL: String,
        faults: Set<DemoFaultKind> = [],
        currentVersion: String = DemoBackend.version,
        build: String = "4f1c09"
    ) {
        self.currentVersion = currentVersion
        self.build = build
        self.backendURL = backendURL
        self.foreignBackendURL = foreignBackendURL
        self.faults = faults
    }

    package func reply(to request: DemoRequest) -> DemoReply {
        var reply = route(request)
        if faults.contains(.slow), request.path == "/" { reply.delay = .milliseconds(3300) }
        return reply
    }

    private func route(_ request: DemoRequest) -> DemoReply {
        switch request.path {
        case "/":
            DemoReply(200, headers: [("content-type", "text/html; charset=utf-8")], body: html)
        case "/assets/index-\(build).js":
            faults.contains(.brokenAsset)
                ? DemoReply(404, headers: [("content-type", "text/plain")], body: "Not Found\n")
                : DemoReply(200, headers: [("content-type", "text/javascript; charset=utf-8")], body: script)
        case "/assets/index-\(build).css":
            DemoReply(
                200,
                headers: [("content-type", "text/css; charset=utf-8")],
                body: "body { margin: 0 }\n"
            )
        default:
            DemoReply(404, headers: [("content-type", "text/plain")], body: "Not Found\n")
        }
    }

    private var version: String {
        faults.contains(.oldVersion) ? DemoBackend.oldVersion : currentVersion
    }

    private var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="version" content="\(version)">
        <title>Wheels and Wins (demo)</title>
        <link rel="stylesheet" href="/assets/index-\(build).css">
        <script type="module" src="/assets/index-\(build).js"></script>
        </head>
        <body><div id="root">\(banner)</div></body>
        </html>

        """
    }

    private var banner: String {
        if faults.contains(.emergencyMode) { return "PAM is in emergency mode" }
        if faults.contains(.demoMode) { return "PAM is in demo mode" }
        return ""
    }

    private var script: String {
        let backend = faults.contains(.stagingHost) ? foreignBackendURL : backendURL
        return
            "const api = \"\(backend)\";\nfetch(api + \"/api/v1/profile\", { credentials: \"include\" });\n"
    }
}
