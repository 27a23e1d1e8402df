import LookoutDeployments
import LookoutModel

/// What git complained of, and what that means.
///
/// The program runs in the C locale, so its words are known; those of a remote's server are anybody's.
struct GitComplaint {
    private static let maximumTextBytes = 300
    private static let maximumOutputBytes = 4096
    /// How git ends when it does not know an option.
    private static let usageStatus: Int32 = 129
    /// The first that has `rev-list --no-commit-header`.
    private static let oldestVersion = "2.33"

    /// The lines that say why, made safe, without a secret.
    let text: String
    private let call: GitCall
    /// All of it in lower case, to look for words.
    private let words: String

    /// Conflicts are told on standard output; anything else there is an answer and no complaint.
    init(_ errors: [UInt8], _ output: [UInt8] = [], in call: GitCall) {
        let conflicts = output.suffix(Self.maximumOutputBytes).split(separator: UInt8(ascii: "\n"))
            .filter { $0.starts(with: "CONFLICT".utf8) }
        let bytes = Array((conflicts + [errors[...]]).joined(separator: [UInt8(ascii: "\n")]))
        let whole = GitMask(call).masked(String(decoding: bytes, as: UTF8.self))
        let lines = PlainText.lines(whole).map(Self.trimmed).filter { !$0.isEmpty }
        let telling = lines.filter(Self.isTelling)
        let chosen = telling.isEmpty ? Array(lines.suffix(1)) : telling
        text = PlainText.line(chosen.joined(separator: "; "), atMost: Self.maximumTextBytes)
        self.call = call
        words = whole.lowercased()
    }

    /// To be put behind a sentence.
    var addition: String { text.isEmpty ? "" : ": \(text)" }

    func failure(status: Int32) -> ProviderFailure {
        let what = text.isEmpty ? "\(call.name) ended with status \(status)" : "\(call.name): \(text)"
        guard status != Self.usageStatus else {
            return .notConfigured("\(what); Lookout needs git \(Self.oldestVersion) or newer")
        }
        for meaning in Self.meanings where meaning.words.contains(where: words.contains) {
            return meaning.failure(what)
        }
        return .unexpected(what)
    }

    private static func trimmed(_ line: String) -> String {
        String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Whether the line says why, and is not advice or progress.
    private static func isTelling(_ line: String) -> Bool {
        ["fatal:", "error:", "remote:", "! [", "ssh:", "CONFLICT"].contains(where: line.hasPrefix)
            && !line.hasPrefix("fatal: Could not read from remote repository.")
            && !line.hasPrefix("error: failed to push some refs")
    }
}

extension GitComplaint {
    private struct Meaning {
        let words: [String]
        let failure: @Sendable (String) -> ProviderFailure
    }

    /// The first that fits.
    private static let meanings = [
        Meaning(
            words: [
                "authentication failed", "could not read username", "could not read password",
                "permission denied (publickey", "returned error: 401", "terminal prompts disabled",
            ],
            failure: {
                .unauthorized("\($0); check the token or the key that Lookout has for the repository")
            }
        ),
        Meaning(
            words: ["returned error: 429", "rate limit"],
            failure: { .rateLimited($0, until: nil) }
        ),
        Meaning(
            words: ["dubious ownership"],
            failure: {
                .forbidden(
                    "\($0); the folder belongs to somebody else: run Lookout as its owner, or give the address "
                        + "of the remote, of which Lookout keeps a copy of its own"
                )
            }
        ),
        Meaning(
            words: [
                "returned error: 403", "host key verification failed", "permission to ", "access denied",
            ],
            failure: { .forbidden("\($0); check the token's rights, or the host's key") }
        ),
        Meaning(
            words: ["transport '"],
            failure: { .forbidden("\($0); Lookout does not let git speak to that") }
        ),
        Meaning(
            words: [
                "non-fast-forward", "[rejected]", "[remote rejected]", "stale info", "protected branch",
                "pre-receive hook declined", "cannot lock ref", "already exists",
            ],
            failure: { .refused($0) }
        ),
        Meaning(
            words: [
                "repository not found", "returned error: 404", "does not appear to be a git repository",
                "not a git repository", "cannot change to", "does not exist", "' not found",
            ],
            failure: { .notFound("\($0); check the address or the path, and that the token may see it") }
        ),
        Meaning(
            words: [
                "could not resolve host", "couldn't connect", "failed to connect", "connection refused",
                "connection timed out", "timed out", "connection reset", "unable to access",
                "network is unreachable", "early eof", "hung up unexpectedly", "could not read from remote",
                "no route to host", "broken pipe",
            ],
            failure: { .unreachable($0) }
        ),
    ]
}

/// Takes out of a text what nobody may see: tokens, and whoever stands before the host of an address.
struct GitMask {
    private let secrets: [String]

    init(_ call: GitCall) {
        guard case .remote(let address, let token) = call.reach else {
            secrets = []
            return
        }
        let tokens = [token, address.password].compactMap { $0?.reveal() }
        secrets = (tokens + tokens.map(address.basicCredentials)).filter { !$0.isEmpty }
            .sorted { $0.utf8.count > $1.utf8.count }
    }

    func masked(_ text: String) -> String {
        let hidden = secrets.reduce(text) { text, secret in text.replacing(secret, with: "<secret>") }
        return Self.withoutUsers(hidden)
    }

    /// `https://user:password@host/` as `https://host/`.
    private static func withoutUsers(_ text: String) -> String {
        var parts = text.split(separator: "://", omittingEmptySubsequences: false).map(String.init)
        for index in parts.indices.dropFirst() {
            let authority = parts[index].prefix { !"/'\" \n\t".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            parts[index].removeSubrange(parts[index].startIndex...at)
        }
        return parts.joined(separator: "://")
    }
}
