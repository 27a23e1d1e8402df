package import LookoutDeployments
package import LookoutHTTP
package import LookoutModel

/// The public status pages of the providers, those that speak as statuspage.io does.
package struct ProviderStatusPages: StatusPages {
    /// The pages that are known to speak so; others are for people to name.
    package static let known = [
        "github": "https://www.githubstatus.com",
        "netlify": "https://www.netlifystatus.com",
        "render": "https://status.render.com",
        "supabase": "https://status.supabase.com",
    ]

    /// The address of each page by the provider's name.
    private let pages: [String: String]
    private let http: any HTTPTransport
    private let timekeeper: any Timekeeper
    private let policy: ReadPolicy

    package init(
        _ pages: [String: String] = Self.known,
        over http: any HTTPTransport,
        by timekeeper: any Timekeeper
    ) {
        self.pages = pages
        self.http = http
        self.timekeeper = timekeeper
        var policy = ReadPolicy()
        policy.maximumRetries = 1
        policy.timeout = .seconds(10)
        self.policy = policy
    }

    /// All are asked at once, since one that hangs says nothing about the others.
    package func incidents() async -> [String: Known<ProviderIncident>] {
        await withTaskGroup { group in
            for (name, base) in pages {
                group.addTask { (name, await incident(of: name, at: base)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func incident(of name: String, at base: String) async -> Known<ProviderIncident> {
        do throws(ProviderFailure) {
            let account = ProviderAccount(name: "the status page of \(name)", base: base)
            let transport = try ProviderTransport(account, over: http, by: timekeeper, policy: policy)
            let request = ProviderRequest("its status", path: ["api", "v2", "status.json"])
            let answer = try await transport.read(request).object()
            let status = try answer.required(try answer.object("status"), "status")
            let indicator = try status.required(try status.text("indicator"), "indicator")
            guard let impact = ProviderIncident.Impact(rawValue: indicator) else {
                throw status.unexpected("indicator", "is a word that is not known")
            }
            let description = try status.words("description") ?? ""
            let incident = ProviderIncident(provider: name, impact: impact, description: description)
            return .known(incident, at: timekeeper.now.wall)
        } catch {
            return .unknown(error)
        }
    }
}
