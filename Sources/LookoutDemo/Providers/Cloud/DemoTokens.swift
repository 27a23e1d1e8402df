/// The tokens that the fakes accept; good for nothing else.
package enum DemoTokens {
    package static let netlify = "demo-netlify-token"
    package static let render = "demo-render-token"
    package static let github = "demo-github-token"
    package static let supabase = "demo-supabase-token"
    package static let sentry = "demo-sentry-token"
    /// Accepted by all of them, for reading only.
    package static let readOnly = "demo-read-only-token"

    static func account(_ token: String, scopes: Set<String> = []) -> FakeAccount {
        FakeAccount(grants: [
            token: .init(canWrite: true, scopes: scopes), readOnly: .init(canWrite: false, scopes: scopes),
        ])
    }
}
