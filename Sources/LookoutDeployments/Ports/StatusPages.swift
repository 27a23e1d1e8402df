/// The status pages of the providers.
package protocol StatusPages: Sendable {
    /// What each configured provider says of itself, by its name.
    func incidents() async -> [String: Known<ProviderIncident>]
}
