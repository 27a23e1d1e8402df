import LookoutModel
import Testing

@testable import LookoutDemo

@Suite struct ProviderFaults {
    private func reply(_ provider: ProviderName, _ kind: ProviderFaultKind) -> DemoReply {
        var fixture = CloudFixture()
        fixture.cloud.inject(ProviderFault(provider, kind))
        return fixture.ask(provider, "GET", Self.targets[provider] ?? "/")
    }

    private static let targets: [ProviderName: String] = [
        .netlify: "/api/v1/sites/\(StandardNames.production.netlifySite)/deploys",
        .render: "/v1/services/\(StandardNames.production.renderService)/deploys",
        .github: "/repos/wheels/wins/commits/main",
        .supabase: "/v1/projects",
        .sentry: "/api/0/organizations/wheels-and-wins/releases/",
        .status: "/netlify/api/v2/status.json",
    ]

    @Test(arguments: ProviderName.allCases)
    func `every provider is well while nothing is injected`(provider: ProviderName) {
        var fixture = CloudFixture()
        let reply = fixture.ask(provider, "GET", Self.targets[provider] ?? "/")
        #expect(reply.status == 200 && reply.delay == .zero && reply.cutAfter == nil, "\(reply.body)")
        #expect(!reply.body.contains("owned"))
    }

    @Test(arguments: ProviderName.allCases)
    func `every fault changes the answer, and mending takes it away`(provider: ProviderName) {
        var fixture = CloudFixture()
        let target = Self.targets[provider] ?? "/"
        func isSame(_ one: DemoReply, _ other: DemoReply) -> Bool {
            one.status == other.status && one.body == other.body && one.delay == other.delay
                && one.hangs == other.hangs && one.cutAfter == other.cutAfter
        }
        for kind in ProviderFaultKind.allCases {
            // Sentry gives forty answers a second.
            fixture.pass(1)
            let fault = ProviderFault(provider, kind)
            let well = fixture.ask(provider, "GET", target)
            fixture.cloud.inject(fault)
            #expect(fixture.cloud.faults == [fault])
            // The lists of Supabase and Sentry that are asked for have no text that people write.
            let hasTexts = kind != .hostileText || ![.supabase, .sentry].contains(provider)
            #expect(isSame(fixture.ask(provider, "GET", target), well) != hasTexts, "\(kind)")
            fixture.cloud.mend(provider)
            #expect(isSame(fixture.ask(provider, "GET", target), well), "\(kind)")
        }
    }

    @Test(arguments: [
        (ProviderFaultKind.unauthorized, 401), (.forbidden, 403), (.notFound, 404), (.serverError, 500),
        (.badGateway, 502), (.unavailable, 503), (.rateLimited, 429), (.primaryLimit, 403),
    ])
    func `a refusal has its status at every provider`(kind: ProviderFaultKind, status: Int) {
        for provider in ProviderName.allCases { #expect(reply(provider, kind).status == status) }
    }

    @Test func `each provider tells in its own header when to come back`() {
        let expected: [ProviderName: (present: [String], absent: [String])] = [
            .netlify: (["x-ratelimit-reset"], ["retry-after"]),
            .render: (["retry-after", "ratelimit-reset"], []),
            .sentry: (["x-sentry-rate-limit-reset"], ["retry-after"]), .github: (["retry-after"], []),
        ]
        for (provider, headers) in expected {
            let reply = reply(provider, .rateLimited)
            for name in headers.present { #expect(reply.header(name) != nil, "\(provider) lacks \(name)") }
            for name in headers.absent { #expect(reply.header(name) == nil, "\(provider) sends \(name)") }
        }
        #expect(reply(.render, .retryAfterDate).header("retry-after") == "Wed, 20 Aug 2025 12:49:48 GMT")
        #expect(reply(.github, .primaryLimit).header("x-ratelimit-remaining") == "0")
    }

    @Test func `a budget that is used up refuses until its window is over`() {
        var fixture = CloudFixture()
        fixture.cloud.render.budget = RequestBudget(limit: 2, window: .seconds(60))
        let target = Self.targets[.render] ?? "/"
        #expect((0..<3).map { _ in fixture.ask(.render, "GET", target).status } == [200, 200, 429])
        fixture.pass(59)
        let refused = fixture.ask(.render, "GET", target)
        #expect(refused.status == 429 && refused.header("retry-after") == "1")
        fixture.pass(1)
        #expect(fixture.ask(.render, "GET", target).status == 200)
    }

    @Test func `hostile text is in what people write, and ids stay what they are`() throws {
        let well = try JSONValue(parsing: Array(reply(.netlify, .slow).body.utf8))
        let hostile = try JSONValue(parsing: Array(reply(.netlify, .hostileText).body.utf8))
        #expect(hostile.elements?.first?["title"]?.string?.hasSuffix(ProviderFaultKind.hostileWords) == true)
        #expect(hostile.elements?.first?["id"] == well.elements?.first?["id"])
    }

    @Test func `what is cut is shorter than it says`() throws {
        let reply = reply(.render, .cut)
        let count = try #require(reply.cutAfter)
        #expect(count > 0 && count < reply.body.utf8.count)
    }

    @Test(arguments: ProviderName.allCases)
    func `every fault reads back from its own text`(provider: ProviderName) throws {
        for kind in ProviderFaultKind.allCases {
            let fault = ProviderFault(provider, kind)
            #expect(try ProviderFault(parsing: fault.description) == fault)
        }
    }

    @Test(arguments: [
        ("netlify", "write provider=fault"), ("netlfy=401", "did you mean \"netlify\"?"),
        ("netlify=hostiletext", "did you mean \"hostile-text\"?"),
    ])
    func `a wrong fault is refused with the right word`(text: String, hint: String) {
        #expect {
            try ProviderFault(parsing: text)
        } throws: {
            "\($0)".contains(hint)
        }
    }
}
