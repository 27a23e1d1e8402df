import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutProviders
import Testing

/// Whether every change was looked at.
struct GitHubReviewTests {
    static let old = String(repeating: "1", count: 40)
    static let new = String(repeating: "2", count: 40)
    private static let head = String(repeating: "a", count: 40)
    private static let earlier = String(repeating: "b", count: 40)

    static func id(_ text: String) throws -> CommitID {
        try #require(CommitID(text))
    }

    static func project(_ provider: ScriptedProvider, isReadOnly: Bool = true) throws -> GitHubProject {
        let account = ProviderAccount.gitHub(token: Secret("ghp_3c9f1a77"), isReadOnly: isReadOnly)
        // Nobody moves the virtual clock here, so nothing may wait for it.
        var policy = ReadPolicy()
        policy.maximumRetries = 0
        return GitHubProject(
            owner: "acme",
            repository: "wheels",
            through: try ProviderTransport(scripted: provider, account, policy: policy)
        )
    }

    private static func pull(_ number: Int, state: String = "closed", merged: Bool = true) -> String {
        """
        {"number":\(number),"title":"feat: map","state":"\(state)","user":{"login":"ada"},
         "merged_at":\(merged ? "\"2025-08-20T12:00:00Z\"" : "null"),"head":{"sha":"\(head)"}}
        """
    }

    private static func review(
        _ user: String,
        _ state: String,
        on commit: String = head,
        as standing: String = "MEMBER",
        type: String = "User"
    ) -> String {
        """
        {"user":{"login":"\(user)","type":"\(type)"},"state":"\(state)","commit_id":"\(commit)",
         "author_association":"\(standing)","submitted_at":"2025-08-20T11:00:00Z"}
        """
    }

    /// What is said of one commit whose pull requests and reviews are these.
    private static func state(
        pulls: [String],
        reviews: [Int: [String]] = [:]
    ) async throws -> ChangeReview {
        var paths = [
            "/repos/acme/wheels/compare/\(old)...\(new)":
                #"{"total_commits":1,"commits":[{"sha":"\#(new)","commit":{"message":"feat: map\n\nmore"}}]}"#,
            "/repos/acme/wheels/commits/\(new)/pulls": "[\(pulls.joined(separator: ","))]",
        ]
        for (number, reviews) in reviews {
            paths["/repos/acme/wheels/pulls/\(number)/reviews"] = "[\(reviews.joined(separator: ","))]"
        }
        let found = try await project(ScriptedProvider(paths: paths)).reviews(from: id(old), to: id(new))
        try #require(found.count == 1)
        #expect(found[0].commit == (try id(new)))
        return found[0]
    }

    @Test(arguments: [
        ([review("bob", "APPROVED")], ChangeReview.State.approved(by: ["bob"])),
        ([], .missing),
        ([review("bob", "COMMENTED")], .missing),
        ([review("bob", "APPROVED"), review("bob", "COMMENTED")], .approved(by: ["bob"])),
        ([review("bob", "APPROVED"), review("bob", "DISMISSED")], .missing),
        ([review("bob", "CHANGES_REQUESTED"), review("bob", "APPROVED")], .approved(by: ["bob"])),
        ([review("bob", "APPROVED"), review("bob", "CHANGES_REQUESTED")], .changesRequested(by: ["bob"])),
        ([review("eve", "CHANGES_REQUESTED"), review("bob", "APPROVED")], .changesRequested(by: ["eve"])),
        ([review("bob", "APPROVED", on: earlier)], .stale),
        ([review("bob", "APPROVED", on: earlier), review("eve", "APPROVED")], .approved(by: ["eve"])),
        ([review("bob", "APPROVED"), review("bob", "APPROVED", on: earlier)], .stale),
        // Nobody approves their own change, and neither does a robot or a passer-by.
        ([review("ada", "APPROVED")], .missing),
        ([review("ci[bot]", "APPROVED", type: "Bot")], .missing),
        ([review("mallory", "APPROVED", as: "NONE")], .missing),
        (
            [review("mallory", "CHANGES_REQUESTED", as: "NONE"), review("bob", "APPROVED")],
            .approved(by: ["bob"])
        ),
        ([review("eve", "APPROVED"), review("bob", "APPROVED")], .approved(by: ["bob", "eve"])),
    ])
    func `the last decision of each person of the team counts, on what was merged`(
        reviews: [String],
        state: ChangeReview.State
    ) async throws {
        let review = try await Self.state(pulls: [Self.pull(7)], reviews: [7: reviews])
        #expect(review.state == state)
        #expect(review.pullRequest == 7)
        #expect(review.title == "feat: map")
    }

    @Test func `a commit without a pull request says so`() async throws {
        let review = try await Self.state(pulls: [])
        #expect(review.state == .noPullRequest)
        #expect(review.pullRequest == nil)
        #expect(review.title == "feat: map")
    }

    @Test func `a pull request that was closed without the commit does not count`() async throws {
        let review = try await Self.state(
            pulls: [Self.pull(7, merged: false)],
            reviews: [7: [Self.review("bob", "APPROVED")]]
        )
        #expect(review.state == .noPullRequest)
    }

    @Test func `of several pull requests the best review counts`() async throws {
        let review = try await Self.state(
            pulls: [Self.pull(9, state: "open", merged: false), Self.pull(7), Self.pull(8)],
            reviews: [
                9: [], 7: [Self.review("bob", "APPROVED")], 8: [Self.review("eve", "CHANGES_REQUESTED")],
            ]
        )
        #expect(review.state == .approved(by: ["bob"]))
        #expect(review.pullRequest == 7)
    }

    @Test func `a merge by hand is no change of its own`() async throws {
        let merge =
            #"{"sha":"\#(Self.new)","commit":{"message":"Merge"},"parents":[{"sha":"x"},{"sha":"y"}]}"#
        let provider = ScriptedProvider(
            paths: [
                "/repos/acme/wheels/compare/\(Self.old)...\(Self.new)":
                    #"{"total_commits":1,"commits":[\#(merge)]}"#,
                "/repos/acme/wheels/commits/\(Self.new)/pulls": "[]",
            ]
        )
        let project = try Self.project(provider)
        #expect(try await project.reviews(from: Self.id(Self.old), to: Self.id(Self.new)).isEmpty)
    }

    @Test func `all pages of commits are read, and each pull request once`() async throws {
        let ids = (0..<120).map { String(repeating: "0", count: 37) + String($0 + 100) }
        let first = "/repos/acme/wheels/compare/\(Self.old)...\(Self.new)?per_page=100&page=1"
        let provider = ScriptedProvider { request, _ in
            let path = String(request.url.dropFirst("https://api.github.com".count))
            if path.contains("/compare/") {
                let page = path == first ? ids[..<100] : ids[100...]
                let commits = page.map { #"{"sha":"\#($0)","commit":{"message":"x"}}"# }.joined(
                    separator: ","
                )
                let link = "<https://api.github.com\(first)2>; rel=\"next\""
                return .answer(
                    #"{"total_commits":120,"commits":[\#(commits)]}"#,
                    path == first ? ["Link": link] : [:]
                )
            }
            if path.contains("/reviews") { return .answer("[\(Self.review("bob", "APPROVED"))]") }
            return .answer("[\(Self.pull(7))]")
        }
        let reviews = try await Self.project(provider).reviews(from: Self.id(Self.old), to: Self.id(Self.new))
        #expect(reviews.map(\.commit.text) == ids)
        #expect(provider.asked.filter { $0.contains("/reviews") }.count == 1)
    }

    @Test(arguments: [
        #"{"total_commits":2,"commits":[{"sha":"\#(new)","commit":{"message":"x"}}]}"#,
        #"{"total_commits":301,"commits":[]}"#, #"{"commits":[]}"#,
        #"{"total_commits":1,"commits":[{"sha":"x"}]}"#,
        "[]",
    ])
    func `a list that is not whole is no answer`(comparison: String) async throws {
        let provider = ScriptedProvider(
            paths: [
                "/repos/acme/wheels/compare/\(Self.old)...\(Self.new)": comparison,
                "/repos/acme/wheels/commits/\(Self.new)/pulls": "[]",
            ]
        )
        let failure = await #expect(throws: ProviderFailure.self) {
            try await Self.project(provider).reviews(from: Self.id(Self.old), to: Self.id(Self.new))
        }
        #expect(failure?.code == "unexpected")
    }

    @Test func `hostile titles and names come out on one line`() async throws {
        let provider = ScriptedProvider(
            paths: [
                "/repos/acme/wheels/compare/\(Self.old)...\(Self.new)":
                    #"{"total_commits":1,"commits":[{"sha":"\#(Self.new)","commit":{"message":"\u001b[31m$(id)\nx"}}]}"#,
                "/repos/acme/wheels/commits/\(Self.new)/pulls": "[]",
            ]
        )
        let reviews = try await Self.project(provider).reviews(from: Self.id(Self.old), to: Self.id(Self.new))
        #expect(reviews.map(\.title) == ["\\u{1b}[31m$(id)"])
    }
}
