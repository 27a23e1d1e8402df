package import LookoutDeployments
import LookoutHTTP
package import LookoutModel

/// Where a remote repository is: `https://…`, `ssh://…`, `git@host:path`, or a folder of this machine.
///
/// A password in the address is taken out of it: neither an argument nor a message ever has it.
package struct RemoteAddress: Hashable, Sendable {
    /// The protocols that git may speak to it, as of `GIT_ALLOW_PROTOCOL`.
    package enum Scheme: String, Hashable, Sendable {
        case https, http, ssh, file
    }

    package let scheme: Scheme
    /// As git is given it, and as it may be shown.
    package let text: String
    /// The password that stood in it.
    package let password: Secret?
    /// The user that stood in an `https` address.
    let user: String?

    /// Throws what is wrong with the address, without repeating a password.
    package init(_ text: String) throws(ProviderFailure) {
        let isClean = text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && $0 != "\\" }
        guard !text.isEmpty, isClean, !text.hasPrefix("-"), text.utf8.count <= 2000 else {
            throw Self.refusal(
                "it is empty, too long, begins with a dash, or has spaces or control characters"
            )
        }
        if text.hasPrefix("/") {
            self.init(.file, text)
        } else if let end = text.utf8.firstRange(of: "://".utf8) {
            try self.init(scheme: String(text[..<end.lowerBound]), rest: text[end.upperBound...])
        } else {
            try self.init(secureShell: text)
        }
    }

    var isWeb: Bool { scheme == .https || scheme == .http }

    /// A token as RFC 7617 sends it.
    func basicCredentials(_ token: String) -> String {
        // The user that GitHub takes with a token of any kind.
        Base64.encoded(Array("\(user ?? "x-access-token"):\(token)".utf8))
    }

    private init(_ scheme: Scheme, _ text: String, user: String? = nil, password: Secret? = nil) {
        self.scheme = scheme
        self.text = text
        self.user = user
        self.password = password
    }

    private init(scheme name: String, rest: Substring) throws(ProviderFailure) {
        guard let scheme = Scheme(rawValue: name.lowercased()) else {
            throw Self.refusal("git is to speak https, ssh, or to a folder of this machine")
        }
        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...]
        let (userinfo, host) = Self.split(authority)
        let user = userinfo.map { String($0.prefix { $0 != ":" }) }.flatMap { $0.isEmpty ? nil : $0 }
        let password = userinfo.flatMap {
            $0.firstIndex(of: ":").map { colon in userinfo?[colon...].dropFirst() }
        }
        let secret = password.flatMap { $0 }.map { Secret(Self.decoded(String($0))) }
        switch scheme {
        case .file:
            guard authority.isEmpty, path.utf8.count > 1 else { throw Self.refusal("a file has no host") }
            self.init(.file, String(path))
        case .ssh:
            guard Self.isHost(host), path.utf8.count > 1 else {
                throw Self.refusal("its host or path is missing")
            }
            let name = user.map { "\($0)@" } ?? ""
            guard !name.hasPrefix("-") else { throw Self.refusal("its user begins with a dash") }
            self.init(.ssh, "ssh://\(name)\(host)\(path)", password: secret)
        case .https, .http:
            guard Self.isHost(host), path.utf8.count > 1 else {
                throw Self.refusal("its host or path is missing")
            }
            guard scheme == .https || Self.isLoopback(host) else {
                throw Self.refusal("http would show the token to everybody on the way; write https")
            }
            // A user alone is how some hosts take a token.
            let token = secret ?? user.map { Secret(Self.decoded($0)) }
            self.init(
                scheme,
                "\(scheme.rawValue)://\(host)\(path)",
                user: secret == nil ? nil : user,
                password: token
            )
        }
    }

    /// The form of scp(1): `user@host:path`.
    private init(secureShell text: String) throws(ProviderFailure) {
        guard let colon = text.firstIndex(of: ":"), !text[colon...].hasPrefix("::") else {
            throw Self.refusal("write https://host/path, git@host:path or an absolute path")
        }
        let (user, host) = Self.split(text[..<colon])
        let path = text[colon...].dropFirst()
        // `user:password@host:path` is read otherwise, and the password would be shown.
        guard Self.isHost(host), !path.isEmpty, !path.hasPrefix("-"), user?.hasPrefix("-") != true,
            !path.prefix(while: { $0 != "/" }).contains("@")
        else { throw Self.refusal("its host, user or path is not one") }
        self.init(.ssh, text)
    }
}

extension RemoteAddress {
    private static func refusal(_ reason: String) -> ProviderFailure {
        .notConfigured("git: the address of the remote cannot be used: \(reason)")
    }

    private static func split(_ authority: Substring) -> (userinfo: Substring?, host: Substring) {
        guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
        return (authority[..<at], authority[at...].dropFirst())
    }

    private static func isHost(_ host: Substring) -> Bool {
        let isPlain = host.utf8.allSatisfy { byte in
            byte.isLetterOrDigit || "-._:[]%".utf8.contains(byte)
        }
        return !host.isEmpty && isPlain && !host.hasPrefix("-")
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        let isAddress = name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0.isDigit }
        return name == "localhost" || name == "::1" || (isAddress && name.hasPrefix("127."))
    }

    /// The text without percent-encoding (RFC 3986, section 2.1).
    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isLetterOrDigit: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
