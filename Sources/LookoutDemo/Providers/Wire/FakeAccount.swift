/// Who may use a fake provider, and for what.
package struct FakeAccount: Hashable, Sendable {
    /// What a token is allowed.
    package struct Grant: Hashable, Sendable {
        package var canWrite: Bool
        /// The provider's own words: `event:read`, `repo`.
        package var scopes: Set<String>

        package init(canWrite: Bool, scopes: Set<String> = []) {
            self.canWrite = canWrite
            self.scopes = scopes
        }
    }

    /// By token.
    package var grants: [String: Grant]

    package init(grants: [String: Grant]) {
        self.grants = grants
    }

    /// One token that may do everything with these scopes.
    package init(token: String, scopes: Set<String> = []) {
        self.init(grants: [token: Grant(canWrite: true, scopes: scopes)])
    }

    /// What the token of a call may do; throws 401 for a missing and for an unknown one.
    func grant(of call: ProviderCall, words: String) throws(ProviderRefusal) -> Grant {
        guard let grant = call.token.flatMap({ grants[$0] }) else { throw ProviderRefusal(401, words) }
        return grant
    }
}
