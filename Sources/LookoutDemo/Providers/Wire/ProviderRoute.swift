import LookoutModel

/// One call of a provider's API: its method, its path, and how a fake answers it.
struct ProviderRoute<Provider>: Sendable {
    typealias Answer = @Sendable (inout Provider, ProviderCall) throws(ProviderRefusal) -> DemoReply

    private let method: String
    /// Words that are met literally, `:name` for any one segment, `*name` for all that is left.
    private let pattern: [String]
    private let answer: Answer
    /// Whether it changes something, so that a token has to be allowed to.
    let isWrite: Bool

    init(_ method: String, _ path: String, _ answer: @escaping Answer) {
        self.method = method
        pattern = path.split(separator: "/").map(String.init)
        isWrite = method != "GET"
        self.answer = answer
    }

    /// The call with its captures if it goes this way; nil otherwise.
    func match(_ call: ProviderCall) -> ProviderCall? {
        guard call.method == method || (call.method == "HEAD" && method == "GET") else { return nil }
        var captures: [String] = []
        var rest = call.segments[...]
        for word in pattern {
            if word.hasPrefix("*") {
                guard !rest.isEmpty else { return nil }
                captures.append(rest.joined(separator: "/"))
                rest = []
                break
            }
            guard let segment = rest.popFirst() else { return nil }
            if word.hasPrefix(":") { captures.append(segment) } else if word != segment { return nil }
        }
        guard rest.isEmpty else { return nil }
        var matched = call
        matched.captures = captures
        return matched
    }

    func reply(of provider: inout Provider, to call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        try answer(&provider, call)
    }
}

/// Why a provider does not do what it was asked for; each has its own form of saying so.
struct ProviderRefusal: Error, Hashable {
    let status: Int
    let message: String
    /// GitHub's list of fields that are wrong, or another provider's word for machines.
    var code: String?

    init(_ status: Int, _ message: String, code: String? = nil) {
        self.status = status
        self.message = message
        self.code = code
    }

    static func notFound(_ message: String = "Not Found") -> ProviderRefusal { ProviderRefusal(404, message) }
}
