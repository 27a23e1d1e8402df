package import LookoutDeployments
import LookoutHTTP
package import LookoutModel

extension ProviderAccount {
    /// GitHub in the name of whose token it is; 5000 requests an hour are granted.
    ///
    /// The token needs to read contents, pull requests, checks and commit statuses; to post the gate's result it
    /// writes commit statuses, and to see what protects a branch it reads the administration.
    package static func gitHub(
        token: Secret?,
        tokenName: String = "GITHUB_TOKEN",
        base: String = "https://api.github.com",
        isReadOnly: Bool = true
    ) -> ProviderAccount {
        ProviderAccount(
            name: "GitHub",
            base: base,
            token: token,
            tokenName: tokenName,
            headers: [
                HeaderField("Accept", "application/vnd.github+json"),
                HeaderField("X-GitHub-Api-Version", "2022-11-28"),
            ],
            isReadOnly: isReadOnly
        )
    }
}

/// A repository at GitHub: reviews, checks, protection, and the one status that Lookout posts.
package struct GitHubProject: CodeHost {
    /// GitHub takes no more characters of a status' description, and bytes of its context.
    private static let maximumDescription = 140
    private static let maximumContext = 255
    private static let maximumElements = 1000
    /// How GitHub says that it looked, and found no protection.
    private static let unprotected = "Branch not protected"

    let transport: ProviderTransport
    private let owner: String
    private let repository: String

    package init(owner: String, repository: String, through transport: ProviderTransport) {
        self.owner = owner
        self.repository = repository
        self.transport = transport
    }

    package func access() async throws(ProviderFailure) -> ProviderAccess {
        let answer = try await transport.read(request("the repository", []))
        let permissions = try answer.object().object("permissions")
        let scopes = answer.headers.first(named: "X-OAuth-Scopes").map { text in
            text.split { $0 == "," || $0 == " " }.map { PlainText.line(String($0), atMost: 60) }
        }
        return ProviderAccess(
            identity: try await identity(),
            scopes: scopes,
            canWrite: try permissions?.flag("push")
        )
    }

    package func checks(of commit: CommitID) async throws(ProviderFailure) -> CommitChecks {
        var checks = GitHubChecks()
        let runs = request(
            "the check runs of \(commit.short)",
            ["commits", commit.text, "check-runs"],
            [.init("filter", "latest"), .init("per_page", "100")]
        )
        for run in try await transport.objects(runs, .links, in: "check_runs", atMost: Self.maximumElements) {
            try checks.add(run: run)
        }
        let statuses = request(
            "the statuses of \(commit.short)",
            ["commits", commit.text, "status"],
            [.init("per_page", "100")]
        )
        for status in try await transport.objects(
            statuses,
            .links,
            in: "statuses",
            atMost: Self.maximumElements
        ) {
            try checks.add(status: status)
        }
        return checks.sorted
    }

    package func protection(of branch: String) async throws(ProviderFailure) -> BranchProtection? {
        let name = try BranchName(branch)
        let document = try await transport.read(request("the branch", ["branches", name.text])).object()
        var protection = GitHubProtection()
        if try document.required(try document.flag("protected"), "protected") {
            try protection.add(settings: try await settings(of: name, in: document))
        }
        for rule in try await rules(for: name) { try protection.add(rule: rule) }
        return protection.result
    }

    package func post(_ status: CommitStatus, to commit: CommitID) async throws(ProviderFailure) {
        let description = PlainText.line(status.description, atMost: 4 * Self.maximumDescription)
        var body: [String: JSONValue] = [
            "state": .string(status.state.rawValue),
            "context": .string(PlainText.line(status.context, atMost: Self.maximumContext)),
            "description": .string(Self.cut(description)),
        ]
        if let page = status.page { body["target_url"] = .string(page) }
        var posting = request("the status of \(commit.short)", ["statuses", commit.text])
        posting.method = "POST"
        posting.body = .object(body)
        _ = try await transport.change(posting)
    }

    func request(
        _ subject: String,
        _ path: [String],
        _ query: [ProviderRequest.Parameter] = []
    ) -> ProviderRequest {
        ProviderRequest(subject, path: ["repos", owner, repository] + path, query: query)
    }

    private static func cut(_ text: String) -> String {
        text.count > maximumDescription ? text.prefix(maximumDescription - 1) + "…" : text
    }

    /// Whose token it is; that of an app belongs to nobody and may not ask.
    private func identity() async throws(ProviderFailure) -> String {
        do throws(ProviderFailure) {
            let user = try await transport.read(ProviderRequest("the token's owner", path: ["user"])).object()
            return try user.words("login", atMost: 60) ?? ""
        } catch .forbidden, .notFound {
            return ""
        } catch {
            throw error
        }
    }

    /// What protects the branch itself; nil where rulesets alone do.
    ///
    /// Only who may administer the repository sees all of it; others may find it in the branch's own document.
    private func settings(
        of branch: BranchName,
        in document: AnswerObject
    ) async throws(ProviderFailure) -> AnswerObject? {
        let summary = try document.object("protection").flatMap { $0["allow_force_pushes"] == nil ? nil : $0 }
        do throws(ProviderFailure) {
            let path = ["branches", branch.text, "protection"]
            return try await transport.read(request("the branch's protection", path)).object()
        } catch .notFound(let text) where text.contains(Self.unprotected) {
            return summary
        } catch .notFound(let text), .forbidden(let text) {
            // A token that may not look is told that there is nothing.
            guard let summary else { throw .forbidden(text) }
            return summary
        } catch {
            throw error
        }
    }

    /// The rules of rulesets that hold for the branch; older servers know none.
    private func rules(for branch: BranchName) async throws(ProviderFailure) -> [AnswerObject] {
        let request = request(
            "the branch's rules",
            ["rules", "branches", branch.text],
            [.init("per_page", "100")]
        )
        do throws(ProviderFailure) {
            return try await transport.objects(request, .links, atMost: Self.maximumElements)
        } catch .notFound {
            return []
        } catch {
            throw error
        }
    }
}
