import Foundation
import Glibc

/// A real mail server for tests: Debian's exim4 with a configuration and a queue of its own, on free ports
/// of 127.0.0.1.
///
/// It queues what it takes and delivers nothing. It lets in `lookout` with the password `s3cret`, does not know `nobody@…`, and puts `grey@…` off.
package final class EximServer: Sendable {
    /// What differs between servers.
    package struct Options: Sendable {
        package var certificate = CertificateFixture.Kind.good
        package var offersStartTLS = true
        package var mechanisms: Set<String> = ["PLAIN", "LOGIN", "CRAM-MD5"]
        package var requiresAuthentication = true
        /// Bytes.
        package var largestMessage = 200_000

        package init() {}
    }

    package let port: UInt16
    /// Where TLS begins with the first byte.
    package let tlsPort: UInt16
    private let folder: ScratchFolder
    private let process: TestProcess

    /// Whether exim4 and openssl are installed, and may be used: its daemon starts for root alone.
    package static let isAvailable =
        TestProgram(named: "exim4") != nil && CertificateFixture.shared != nil && getuid() == 0

    package init(_ options: Options = Options()) throws {
        guard let exim = TestProgram(named: "exim4"), let fixture = CertificateFixture.shared else {
            throw TestProgramError(path: "exim4", status: ENOENT, log: "")
        }
        folder = try ScratchFolder("lookout-exim")
        port = try LoopbackSocket.closedPort()
        tlsPort = try LoopbackSocket.closedPort()
        let configuration = Self.configuration(options, fixture, folder, ports: (port, tlsPort))
        try folder.write(configuration, to: "exim.conf")
        chmod(folder.file("exim.conf"), 0o600)
        process = try exim.start(["-C", folder.file("exim.conf"), "-bdf"], log: folder.file("output.log"))
        let deadline = ContinuousClock.now + .seconds(10)
        while !(LoopbackSocket.isListening(port) && LoopbackSocket.isListening(tlsPort)),
            ContinuousClock.now < deadline
        {
            poll(nil, 0, 5)
        }
    }

    /// The mails in its queue as they came, oldest first: headers, an empty line and the body, with LF.
    package var mails: [String] {
        get throws {
            let input = folder.file("spool/input")
            // The folder is made with the first mail.
            guard FileManager.default.fileExists(atPath: input) else { return [] }
            let names = try FileManager.default.contentsOfDirectory(atPath: input)
                .filter { $0.hasSuffix("-H") }.sorted()
            return try names.map { name in
                let head = try String(contentsOfFile: "\(input)/\(name)", encoding: .utf8)
                let body = try String(contentsOfFile: "\(input)/\(name.dropLast(2))-D", encoding: .utf8)
                return Self.headers(head) + "\n" + body.drop { $0 != "\n" }.dropFirst()
            }
        }
    }

    /// What it wrote down of each mail: who authenticated how, and with which TLS.
    package var log: String {
        (try? String(contentsOfFile: folder.file("main.log"), encoding: .utf8)) ?? ""
    }

    package func stop() {
        process.stop()
        folder.remove()
    }

    /// The headers in the file of a queue, where each begins with its length and a flag; those that the
    /// server put in front (`Received`) are left out.
    private static func headers(_ file: String) -> String {
        var rest = Array(file.utf8)[...]
        guard let blank = file.range(of: "\n\n") else { return "" }
        rest = rest.dropFirst(file[..<blank.upperBound].utf8.count)
        var headers = ""
        while let flag = rest.dropFirst(3).first,
            let length = Int(String(decoding: rest.prefix(3), as: UTF8.self))
        {
            let text = String(decoding: rest.dropFirst(5).prefix(length), as: UTF8.self)
            if flag != UInt8(ascii: "P") { headers += text }
            rest = rest.dropFirst(5 + length)
        }
        return headers
    }

    private static func configuration(
        _ options: Options,
        _ fixture: CertificateFixture,
        _ folder: ScratchFolder,
        ports: (UInt16, UInt16)
    ) -> String {
        """
        exim_user = root
        exim_group = root
        primary_hostname = mail.example.org
        spool_directory = \(folder.file("spool"))
        log_file_path = \(folder.path)/%s.log
        pid_file_path = \(folder.file("exim.pid"))
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = \(ports.0) : \(ports.1)
        tls_on_connect_ports = \(ports.1)
        tls_certificate = \(fixture.certificateFile(options.certificate))
        tls_privatekey = \(fixture.keyFile(options.certificate))
        tls_advertise_hosts = \(options.offersStartTLS ? "*" : "")
        auth_advertise_hosts = \(options.mechanisms.isEmpty ? "" : "*")
        message_size_limit = \(options.largestMessage)
        queue_only = true
        host_lookup =
        rfc1413_hosts =
        keep_environment =
        notifier_socket =
        acl_smtp_rcpt = check_rcpt
        acl_smtp_data = accept
        begin acl
        check_rcpt:
          deny message = 5.1.1 no such user here
               local_parts = nobody
          defer message = 4.7.1 greylisted, come back later
                local_parts = grey
          \(options.requiresAuthentication ? "deny message = 5.7.0 authentication required\n       !authenticated = *" : "")
          accept
        begin authenticators
        \(options.mechanisms.sorted().compactMap { authenticators[$0] }.joined(separator: "\n"))

        """
    }

    private static let authenticators = [
        "PLAIN": """
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and{{eq{$auth2}{lookout}}{eq{$auth3}{s3cret}}}}
          server_set_id = $auth2
        """,
        "LOGIN": """
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = <| Username: | Password:
          server_condition = ${if and{{eq{$auth1}{lookout}}{eq{$auth2}{s3cret}}}}
          server_set_id = $auth1
        """,
        "CRAM-MD5": """
        cram:
          driver = cram_md5
          public_name = CRAM-MD5
          server_secret = ${if eq{$auth1}{lookout}{s3cret}fail}
          server_set_id = $auth1
        """,
    ]
}

/// Runs exim for as long as `body` runs.
package func withExim<Result>(
    _ options: EximServer.Options = EximServer.Options(),
    _ body: (EximServer) async throws -> Result
) async throws -> Result {
    let server = try EximServer(options)
    defer { server.stop() }
    return try await body(server)
}
