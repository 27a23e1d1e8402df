import Foundation
import LookoutModel
import LookoutTestSupport
import Testing

/// What the client asks for and reads, against GitHub's own description of its API.
struct GitHubSchemaTests {
    /// The description; nil where it is not on this machine, and then these tests say so and check nothing.
    private static let description: JSONValue? = {
        guard let folder = SourceTree.shared(),
            let data = try? Data(contentsOf: folder.appending(path: "data/openapi/github.json"))
        else { return nil }
        return try? JSONValue(parsing: Array(data))
    }()

    /// The fields that are read, by the schema that the description has them in.
    private static let fieldsRead: [(schema: String, fields: [String])] = [
        ("CommitComparison", ["total_commits", "commits"]), ("Commit", ["sha", "commit", "parents"]),
        ("CommitPropCommit", ["message"]), ("CheckRun", ["name", "status", "conclusion"]),
        ("ReposOwnerRepoCommitsRefCheckRunsGetResponse200", ["check_runs"]),
        ("CombinedCommitStatus", ["statuses"]), ("SimpleCommitStatus", ["context", "state"]),
        ("BranchWithProtection", ["protected", "protection"]),
        ("PullRequestReview", ["user", "state", "commit_id", "author_association"]),
        ("SimpleUser", ["login", "type"]),
        ("ReposOwnerRepoStatusesShaPostBody", ["state", "context", "description", "target_url"]),
    ]

    private static let callsMade = [
        ("/repos/{owner}/{repo}/compare/{basehead}", "get"),
        ("/repos/{owner}/{repo}/commits/{ref}/check-runs", "get"),
        ("/repos/{owner}/{repo}/commits/{ref}/status", "get"),
        ("/repos/{owner}/{repo}/branches/{branch}", "get"),
        ("/repos/{owner}/{repo}/pulls/{pull_number}/reviews", "get"),
        ("/repos/{owner}/{repo}/statuses/{sha}", "post"),
    ]

    @Test(.enabled(if: description != nil, "the description of GitHub's API is not on this machine"))
    func `every field that is read is described`() throws {
        let schemas = try #require(Self.description?["components"]?["schemas"])
        for (schema, fields) in Self.fieldsRead {
            for field in fields {
                #expect(schemas[schema]?["properties"]?[field] != nil, "\(schema).\(field)")
            }
        }
    }

    @Test(.enabled(if: description != nil, "the description of GitHub's API is not on this machine"))
    func `every call of the description that is made exists there`() throws {
        let paths = try #require(Self.description?["paths"])
        for (path, method) in Self.callsMade { #expect(paths[path]?[method] != nil, "\(method) \(path)") }
    }
}
