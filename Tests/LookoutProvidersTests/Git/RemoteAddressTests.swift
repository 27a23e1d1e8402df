import LookoutDeployments
import LookoutModel
import LookoutProviders
import Testing

/// Which addresses git is given, and that no password is ever part of one.
struct RemoteAddressTests {
    @Test(
        arguments: [
            ("https://github.com/acme/wheels.git", "https://github.com/acme/wheels.git", nil),
            ("HTTPS://github.com/acme/wheels", "https://github.com/acme/wheels", nil),
            ("https://ada:hunter2@github.com/a/b", "https://github.com/a/b", "hunter2"),
            ("https://ghp_token@github.com/a/b", "https://github.com/a/b", "ghp_token"),
            ("https://ada:p%40ss:x%2F@github.com/a/b", "https://github.com/a/b", "p@ss:x/"),
            ("https://ada:hunter2@git@github.com/a/b", "https://github.com/a/b", "hunter2@git"),
            ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a", nil),
            ("http://[::1]:8080/a", "http://[::1]:8080/a", nil),
            ("http://localhost/a", "http://localhost/a", nil),
            ("ssh://git@github.com/a/b", "ssh://git@github.com/a/b", nil),
            ("ssh://git:hunter2@github.com:22/a/b", "ssh://git@github.com:22/a/b", "hunter2"),
            ("git@github.com:acme/wheels.git", "git@github.com:acme/wheels.git", nil),
            ("/srv/git/wheels.git", "/srv/git/wheels.git", nil), ("file:///srv/x", "/srv/x", nil),
        ] as [(String, String, String?)]
    )
    func `the address is shown and handed over without a password`(
        text: String,
        shown: String,
        password: String?
    ) throws {
        let address = try RemoteAddress(text)
        #expect(address.text == shown)
        #expect(address.password?.reveal() == password)
    }

    @Test(arguments: [
        "", "wheels", "./wheels", "../wheels", "ext::sh", "ext::sh -c x", "git://github.com/a/b", "ftp://h/x",
        "http://github.com/a/b", "http://127.evil.example/a", "http://localhost.evil.example/a", "https://",
        "https:///a",
        "https://-h/a", "https://github.com", "ssh://-oProxyCommand=x/a", "ssh://-u@h/a",
        "-oProxyCommand=x:a",
        "git@-oProxyCommand=x:a", "-u@h:a", "git@h:", "git@h:-a", "git@h::a", "https://a b/c", "https://h/\n",
        "https://h\u{1B}/x", "file://host/x", "https://h\\@evil.example/a",
    ])
    func `what is no such address is refused, without repeating it`(text: String) {
        let failure = #expect(throws: ProviderFailure.self) { try RemoteAddress(text) }
        #expect(failure?.code == "not_configured")
    }

    @Test(arguments: ["http://ada:hunter2@github.com/a", "https://ada:hunter2@-h/a", "ada:hunter2@host:path"])
    func `a refusal does not hold the password`(text: String) {
        let failure = #expect(throws: ProviderFailure.self) { try RemoteAddress(text) }
        #expect(failure?.message.contains("hunter2") == false)
    }
}
