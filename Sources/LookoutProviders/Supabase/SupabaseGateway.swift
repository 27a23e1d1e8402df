import LookoutDeployments
package import LookoutModel

extension ProviderAccount {
    /// A project's own address at Supabase, with the key that its programs use.
    package static func supabaseGateway(
        key: Secret?,
        keyName: String = "SUPABASE_ANON_KEY",
        base: String
    ) -> ProviderAccount {
        ProviderAccount(
            name: "the Supabase project",
            base: base,
            token: key,
            tokenName: keyName,
            tokenHeader: "apikey"
        )
    }
}

/// The gateway of a project at Supabase, and the login service behind it.
///
/// Its health answer never touches the database, so it proves that these two are there and nothing more.
package struct SupabaseGateway: Sendable {
    private let transport: ProviderTransport

    package init(through transport: ProviderTransport) {
        self.transport = transport
    }

    /// What is wrong with it; nil if nothing is, and nil too where it only does not take the key.
    func fault() async -> String? {
        let request = ProviderRequest("the health of its login service", path: ["auth", "v1", "health"])
        do throws(ProviderFailure) {
            _ = try await transport.read(request).object()
            return nil
        } catch {
            switch error {
            case .unreachable, .unexpected, .notFound: return "gateway: \(error.message)"
            default: return nil
            }
        }
    }
}
