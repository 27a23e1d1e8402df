import LookoutConfiguration
import LookoutModel
import LookoutSettings
import LookoutTestSupport
import Testing

@Suite struct `Secrets of the system` {
    let directory: ScratchFolder

    init() throws {
        directory = try ScratchFolder("secrets")
    }

    private func secrets(_ environment: [String: String] = [:]) -> SystemSecrets {
        SystemSecrets { environment[$0] }
    }

    private func message(_ result: Result<Secret, SecretLookupError>) -> String? {
        if case .failure(let error) = result {
            error.message.replacing(directory.path, with: "DIR")
        } else {
            nil
        }
    }

    @Test func `an environment variable is taken as it is`() throws {
        #expect(try secrets(["T": " a\n"]).environmentVariable("T").get().reveal() == " a\n")
        #expect(message(secrets().environmentVariable("T")) == "environment variable T is not set")
        #expect(message(secrets(["T": ""]).environmentVariable("T")) == "environment variable T is empty")
    }

    @Test func `without another environment it is the one of this process`() throws {
        #expect(try !SystemSecrets().environmentVariable("PATH").get().reveal().isEmpty)
    }

    @Test(arguments: [
        ("x", "x"), ("x\n", "x"), ("x\r\n", "x"), ("x\n\n", "x\n"), (" x y ", " x y "), ("é\n", "é"),
    ])
    func `of a file one line end is left out`(content: String, secret: String) throws {
        let path = try directory.place("secret", content)
        #expect(try secrets().file(path).get().reveal() == secret)
    }

    @Test func `a credential is a file of the directory that systemd names`() throws {
        try directory.place("token", "hunter2\n")
        let secrets = secrets(["CREDENTIALS_DIRECTORY": directory.path])
        #expect(try secrets.credential("token").get().reveal() == "hunter2")
        #expect(
            message(secrets.credential("none"))
                == "credential \"none\" cannot be read from DIR/none: no such file or directory"
        )
    }

    @Test func `without credentials the message says how to get them`() {
        #expect(
            message(secrets().credential("token"))
                == "credential \"token\" cannot be looked up: CREDENTIALS_DIRECTORY is not set"
                + " (systemd sets it for a service with LoadCredential=token:PATH)"
        )
    }

    @Test(arguments: ["", ".", "..", "../token", "/etc/passwd", "a/b"])
    func `a credential's name leads nowhere else`(name: String) throws {
        try directory.place("token", "x")
        let secrets = secrets(["CREDENTIALS_DIRECTORY": directory.path])
        #expect(message(secrets.credential(name)) == "credential \"\(name)\" is not the name of a credential")
    }

    @Test(
        arguments: [
            ([], "it is empty"), ([0x0A], "it is empty"), ([0x61, 0xFF], "it is not UTF-8 text"),
            ([UInt8](repeating: 0x61, count: 65_537), "it is larger than 64 KiB"),
        ] as [([UInt8], String)]
    )
    func `a file that holds no secret says why and not what`(content: [UInt8], reason: String) throws {
        let path = try directory.place("secret", bytes: content)
        #expect(message(secrets().file(path)) == "secret file cannot be read from DIR/secret: \(reason)")
    }

    @Test(
        arguments: [
            ("/nonexistent/file", "no such file or directory"), ("/", "it is a directory"),
            ("/dev/zero", "it is not a regular file"), ("", "no such file or directory"),
        ]
    )
    func `what is no file says what it is`(path: String, reason: String) {
        #expect(message(secrets().file(path)) == "secret file cannot be read from \(path): \(reason)")
    }
}
