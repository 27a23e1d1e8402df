import Glibc
import LookoutModel

/// All that git sees of an environment: no settings of the machine or its user, no prompt, no hook, no pager.
struct GitEnvironment: Sendable {
    /// What is passed on of Lookout's own environment: ways through proxies, authorities, the agent with ssh keys.
    private static let passedNames = [
        "http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "SSH_AUTH_SOCK", "SSL_CERT_FILE",
        "SSL_CERT_DIR", "TMPDIR",
    ]

    private static let fixed = [
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LC_ALL": "C",
        // Not unset: curl and git would look up the real one, with its .netrc.
        "HOME": "/nonexistent",
        "XDG_CONFIG_HOME": "/nonexistent",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "SSH_ASKPASS": "/bin/false",
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "/bin/false",
        // Only reading must not write, not even an index that is out of date.
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LITERAL_PATHSPECS": "1",
    ]

    /// Set over what a repository's own configuration says, which somebody else may have written.
    private static let settings = [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("core.attributesFile", "/dev/null"),
        ("core.excludesFile", "/dev/null"),
        ("credential.helper", ""),
        ("maintenance.auto", "false"),
        ("gc.autoDetach", "false"),
        ("submodule.recurse", "false"),
        ("push.recurseSubmodules", "no"),
        ("push.followTags", "false"),
        ("push.gpgSign", "false"),
        ("commit.gpgSign", "false"),
        ("log.showSignature", "false"),
    ]

    /// Who makes the commits of a rehearsal.
    private static let author = [
        "GIT_AUTHOR_NAME": "Lookout rehearsal", "GIT_AUTHOR_EMAIL": "lookout@localhost",
        "GIT_COMMITTER_NAME": "Lookout rehearsal", "GIT_COMMITTER_EMAIL": "lookout@localhost",
    ]

    private let passed: [String: String]

    init() {
        var passed: [String: String] = [:]
        for name in Self.passedNames {
            if let value = getenv(name) { passed[name] = String(cString: value) }
        }
        self.passed = passed
    }

    func variables(for call: GitCall) -> [String: String] {
        var variables = passed.merging(Self.fixed) { _, fixed in fixed }
        var settings = Self.settings
        switch call.reach {
        case .nobody:
            // A partial clone would fetch what it lacks; older versions know only the other way to forbid that.
            variables["GIT_NO_LAZY_FETCH"] = "1"
            variables["GIT_ALLOW_PROTOCOL"] = "none"
        case .folders:
            variables["GIT_ALLOW_PROTOCOL"] = "file"
            variables.merge(Self.author) { _, author in author }
        case .remote(let address, let token):
            variables["GIT_ALLOW_PROTOCOL"] = address.scheme.rawValue
            settings += Self.credentials(for: address, token)
        }
        if case .folder(let path) = call.place {
            variables["GIT_CEILING_DIRECTORIES"] = Self.parent(of: path)
        }
        variables["GIT_CONFIG_COUNT"] = "\(settings.count)"
        for (index, (key, value)) in settings.enumerated() {
            variables["GIT_CONFIG_KEY_\(index)"] = key
            variables["GIT_CONFIG_VALUE_\(index)"] = value
        }
        return variables
    }

    /// The header that the token goes into; for this host only, and not along a redirect.
    private static func credentials(for address: RemoteAddress, _ token: Secret?) -> [(String, String)] {
        guard address.isWeb, let secret = token ?? address.password else { return [] }
        let credentials = address.basicCredentials(secret.reveal())
        let root = address.text.split(separator: "/", maxSplits: 2).prefix(2).joined(separator: "//")
        return [
            ("http.\(root)/.extraHeader", "Authorization: Basic \(credentials)"),
            ("http.followRedirects", "false"),
        ]
    }

    private static func parent(of path: String) -> String {
        let trimmed = path.reversed().drop { $0 == "/" }.drop { $0 != "/" }
        return String(trimmed.reversed())
    }
}
