import Glibc

/// A real web server for tests: nginx with a configuration of its own, in a folder of its own, on
/// a free port of 127.0.0.1.
package final class NginxServer: Sendable {
    package let port: UInt16
    private let scheme: String
    private let folder: ScratchFolder
    private let process: TestProcess

    /// Whether nginx and openssl are installed; tests that need them are skipped otherwise.
    package static let isAvailable = TestProgram(named: "nginx") != nil && CertificateFixture.shared != nil

    /// Starts it with these directives in its `server` block, and waits until it answers.
    package init(certificate: CertificateFixture.Kind? = nil, directives: String) throws {
        guard let nginx = TestProgram(named: "nginx"), let fixture = CertificateFixture.shared else {
            throw TestProgramError(path: "nginx", status: ENOENT, log: "")
        }
        folder = try ScratchFolder("lookout-nginx")
        port = try LoopbackSocket.closedPort()
        scheme = certificate == nil ? "http" : "https"
        let tls = certificate.map {
            "ssl_certificate \(fixture.certificateFile($0)); ssl_certificate_key \(fixture.keyFile($0));"
        }
        let listen = "listen 127.0.0.1:\(port)\(tls == nil ? "" : " ssl http2"); \(tls ?? "")"
        try folder.write(Self.configuration("\(listen)\n\(directives)"), to: "nginx.conf")
        process = try nginx.start(
            ["-p", folder.path, "-c", "nginx.conf", "-e", "error.log"],
            log: folder.file("output.log")
        )
        waitUntilListening()
    }

    package func url(_ path: String = "/", host: String = "localhost") -> String {
        "\(scheme)://\(host):\(port)\(path)"
    }

    package func stop() {
        process.stop()
        folder.remove()
    }

    private func waitUntilListening() {
        let deadline = ContinuousClock.now + .seconds(10)
        while !LoopbackSocket.isListening(port), ContinuousClock.now < deadline {
            poll(nil, 0, 5)
        }
    }

    private static func configuration(_ server: String) -> String {
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            server {
                \(server)
            }
        }

        """
    }
}

/// Runs nginx for as long as `body` runs.
package func withNginx<Result>(
    certificate: CertificateFixture.Kind? = nil,
    _ directives: String = "location / { return 200 'hello'; }",
    _ body: (NginxServer) async throws -> Result
) async throws -> Result {
    let server = try NginxServer(certificate: certificate, directives: directives)
    defer { server.stop() }
    return try await body(server)
}
