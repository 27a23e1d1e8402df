package import LookoutModel

/// An environment variable as a provider, or a file, has it.
package struct ProviderVariable: Hashable, Sendable {
    package var name: String
    /// Nil where the provider keeps it to itself (a secret that cannot be read back).
    package var value: Secret?

    package init(_ name: String, value: Secret?) {
        self.name = name
        self.value = value
    }
}

/// Something at a provider that explains why nothing was deployed, or stands in the way of it.
package enum Obstacle: Hashable, Sendable {
    /// No changed file is among those that trigger a build.
    case buildFilter(patterns: [String])
    /// The commit asks for no build (`[skip ci]` and its like).
    case skipped(reason: String)
    /// Publishing is pinned to a deploy.
    case locked(deploy: String)
    case wrongBranch(configured: String, expected: String)
    case suspended(by: String)
    /// Builds are stopped, or deploys on a push are switched off.
    case autoDeployOff
    /// No minutes, no money, a limit of the plan.
    case quota(String)
}

/// What a provider says of itself on its status page.
package struct ProviderIncident: Hashable, Sendable {
    /// The word of statuspage.io: `none`, `minor`, `major`, `critical`.
    package enum Impact: String, Hashable, Sendable, CaseIterable {
        case none, minor, major, critical
    }

    /// `netlify`, `render`, `supabase`, `github`.
    package var provider: String
    package var impact: Impact
    package var description: String

    package init(provider: String, impact: Impact, description: String) {
        self.provider = provider
        self.impact = impact
        self.description = description
    }
}
