package import LookoutModel

/// A provider's API as a state machine: time and requests go in, answers come out.
///
/// Nothing in it looks at a clock or opens a socket, so every answer is a function of what happened before.
package protocol FakeProvider: Sendable {
    /// `netlify`, `render`, …
    static var name: ProviderName { get }
    var account: FakeAccount { get set }
    var budget: RequestBudget { get set }
    /// What is broken at it now.
    var faults: Set<ProviderFaultKind> { get set }
    /// Lets everything happen that was due until now, in the order of its times.
    mutating func advance(to now: Timestamp)
    /// The answer to a request of somebody who may ask; faults are not applied yet.
    mutating func answer(_ request: DemoRequest, now: Timestamp) -> DemoReply
}

/// The providers that are imitated.
package enum ProviderName: String, CaseIterable, Hashable, Sendable {
    case netlify, render, github, supabase, sentry
    /// The status pages of all of them, under `/<provider>/api/v2/status.json`.
    case status
}

/// What the fakes have in common below their faults: token, budget, route, error body.
protocol RoutedProvider: FakeProvider {
    static var routes: [ProviderRoute<Self>] { get }
    /// The words of the provider for a token that it does not know.
    static var unauthorizedWords: String { get }
    /// The words of the provider for a token that may only read.
    static var forbiddenWords: String { get }
    /// The error body of the provider.
    func reply(to refusal: ProviderRefusal, of call: ProviderCall) -> DemoReply
    /// The headers that tell how much may still be asked.
    func budgetHeaders(at now: Timestamp) -> [(name: String, value: String)]
    /// The headers of an answer to somebody who asked too much.
    func exhaustedHeaders(at now: Timestamp) -> [(name: String, value: String)]
    /// Calls that need no token.
    func isOpen(_ call: ProviderCall) -> Bool
}

extension RoutedProvider {
    func isOpen(_ call: ProviderCall) -> Bool { false }

    package mutating func answer(_ request: DemoRequest, now: Timestamp) -> DemoReply {
        advance(to: now)
        let call = ProviderCall(request, now: now)
        guard budget.take(at: now) else {
            var reply = reply(to: ProviderRefusal(429, "too many requests"), of: call)
            reply.headers += exhaustedHeaders(at: now)
            return reply
        }
        var reply: DemoReply
        do {
            reply = try routed(call)
        } catch {
            reply = self.reply(to: error, of: call)
        }
        reply.headers += budgetHeaders(at: now)
        return reply
    }

    private mutating func routed(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let grant =
            isOpen(call)
            ? FakeAccount.Grant(canWrite: false) : try account.grant(of: call, words: Self.unauthorizedWords)
        for route in Self.routes {
            guard let matched = route.match(call) else { continue }
            guard grant.canWrite || !route.isWrite else { throw ProviderRefusal(403, Self.forbiddenWords) }
            guard !call.isBodyMalformed else { throw ProviderRefusal(400, "the body is not JSON") }
            return try route.reply(of: &self, to: matched)
        }
        throw .notFound()
    }
}
