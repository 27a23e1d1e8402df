import LookoutDeployments
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import Testing

@testable import LookoutProviders

@Suite struct RenderServiceTests {
    private static let path = "/v1/services/srv-1"

    private static let service = """
        {"id":"srv-1","name":"backend","ownerId":"tea-1","branch":"main","autoDeploy":"yes",\
        "autoDeployTrigger":"commit","rootDir":"backend","suspended":"not_suspended","suspenders":[],\
        "dashboardUrl":"https://dashboard.render.com/web/srv-1",\
        "buildFilter":{"paths":["backend/**"],"ignoredPaths":["backend/tests/**"]},\
        "serviceDetails":{"plan":"starter","url":"https://backend.onrender.com"}}
        """

    private func service(
        _ service: String = service,
        _ answers: [String: String] = [:]
    ) throws -> (RenderService, ScriptedProvider) {
        let provider = ScriptedProvider(paths: [Self.path: service].merging(answers) { one, _ in one })
        let transport = try ProviderTransport(scripted: provider, .render(token: Secret("rnd_x")))
        return (RenderService(id: "srv-1", through: transport), provider)
    }

    private func deploy(_ fields: String) -> String {
        #"{"deploy":{"id":"dep-1","createdAt":"2025-08-20T12:44:55.1Z",\#(fields)},"cursor":"c"}"#
    }

    @Test func `a service says how it is set up`() async throws {
        let (render, _) = try service()
        let service = try await render.service()
        #expect(service.id == "srv-1" && service.name == "backend" && service.owner == "tea-1")
        #expect(service.branch == "main" && service.plan == "starter" && service.rootFolder == "backend")
        #expect(service.url == "https://backend.onrender.com")
        #expect(service.buildPaths == ["backend/**"] && service.ignoredPaths == ["backend/tests/**"])
        #expect(service.deploysByItself == true && service.obstacles.isEmpty)
        #expect(try await render.access().identity == "tea-1")
    }

    @Test(arguments: [
        (#""autoDeploy":"no""#, [Obstacle.autoDeployOff], false as Bool?),
        (#""autoDeploy":"yes","autoDeployTrigger":"off""#, [.autoDeployOff], false),
        (#""autoDeployTrigger":"checksPass""#, [], true),
        (#""suspended":"suspended","suspenders":["billing","user"]"#, [.suspended(by: "billing, user")], nil),
        (#""name":"x""#, [], nil),
    ])
    func `what stands in the way of a deploy is said`(
        fields: String,
        obstacles: [Obstacle],
        deploysByItself: Bool?
    ) async throws {
        let (render, _) = try service(#"{"id":"srv-1",\#(fields)}"#)
        #expect(try await render.service().obstacles == obstacles)
        #expect(try await render.service().deploysByItself == deploysByItself)
    }

    @Test(arguments: [
        ("created", ProviderDeploy.State.queued, false), ("queued", .queued, false),
        ("build_in_progress", .building, false), ("pre_deploy_in_progress", .releasing, false),
        ("update_in_progress", .releasing, false), ("live", .live, true), ("deactivated", .superseded, true),
        ("build_failed", .failed(reason: "the build failed"), false),
        ("pre_deploy_failed", .failed(reason: "the pre-deploy command failed"), false),
        ("update_failed", .failed(reason: "the new version did not start or did not become healthy"), false),
        ("canceled", .cancelled, false), ("melting", .unknown("melting"), false), ("", .unknown(""), false),
    ])
    func `each of the eleven statuses has its meaning`(
        status: String,
        state: ProviderDeploy.State,
        wasLive: Bool
    ) async throws {
        let fields = #""status":"\#(status)","trigger":"new_commit","finishedAt":"2025-08-20T12:48:21Z""#
        let (render, _) = try service(Self.service, [Self.path + "/deploys": "[\(deploy(fields))]"])
        let found = try #require(try await render.deploys(limit: 10).first)
        #expect(found.state == state)
        #expect(found.liveAt == (wasLive ? Timestamp(rfc3339: "2025-08-20T12:48:21Z") : nil))
        #expect(found.page == "https://dashboard.render.com/web/srv-1/deploys/dep-1")
        #expect(found.branch == "main")
    }

    @Test(arguments: [
        ("new_commit", ProviderDeploy.Cause.commit), ("api", .manual), ("manual", .manual),
        ("deploy_hook", .manual), ("rollback", .rollback), ("service_updated", .other("service_updated")),
        ("blueprint_sync", .other("blueprint_sync")), ("service_resumed", .other("service_resumed")),
        ("deployed_by_render", .other("deployed_by_render")), ("other", .other("other")),
    ])
    func `each trigger has its meaning`(trigger: String, cause: ProviderDeploy.Cause) async throws {
        let answer = deploy(#""status":"live","trigger":"\#(trigger)""#)
        let (render, _) = try service(Self.service, [Self.path + "/deploys": "[\(answer)]"])
        #expect(try await render.deploys(limit: 10).first?.cause == cause)
    }

    @Test func `the live deploy is asked for by its status`() async throws {
        let (render, provider) = try service(
            Self.service,
            [
                Self.path + "/deploys":
                    "[\(deploy(#""status":"live","commit":{"id":"\#(String(repeating: "a", count: 40))"}"#))]"
            ]
        )
        let live = try #require(try await render.live())
        #expect(live.commit?.short == "aaaaaaa")
        #expect(provider.asked.first == "GET /v1/services/srv-1/deploys?status=live&limit=20")
        let (none, _) = try service(Self.service, [Self.path + "/deploys": "[]"])
        #expect(try await none.live() == nil)
    }

    @Test(arguments: [
        (#"{"failure":{"evicted":false,"nonZeroExit":3}}"#, "exit status 3"),
        (
            #"{"failure":{"evicted":false,"oomKilled":{"memoryLimit":"512Mi"}}}"#,
            "out of memory (limit 512Mi)"
        ),
        (
            #"{"failure":{"evicted":false,"timedOutSeconds":900,"timedOutReason":"no port"}}"#,
            "timed out after 900 s, no port"
        ),
        (
            #"{"failure":{"evicted":true,"unhealthy":"HTTP 500\n"}}"#,
            #"unhealthy: HTTP 500\n, evicted by Render"#
        ),
        (#"{"buildFailed":{"id":"bld-1"}}"#, "the build did not succeed; its log says why"),
    ])
    func `why a deploy failed comes from the events`(reason: String, words: String) async throws {
        let event =
            #"{"event":{"id":"evt-1","type":"deploy_ended","timestamp":"2025-08-20T12:50:00Z","details":{"deployId":"dep-1","status":3,"reason":\#(reason)}},"cursor":"c"}"#
        let answer = #"{"id":"dep-1","status":"update_failed","createdAt":"2025-08-20T12:44:55Z"}"#
        let (render, _) = try service(
            Self.service,
            [Self.path + "/deploys/dep-1": answer, Self.path + "/events": "[\(event)]"]
        )
        #expect(
            try await render.deploy("dep-1").state
                == .failed(reason: "the new version did not start or did not become healthy: \(words)")
        )
    }

    @Test(arguments: [
        ("2025-08-20T12:47:00Z", ": unhealthy: no answer on /health"), ("2025-08-20T12:40:00Z", ""),
        ("2025-08-20T12:52:00Z", ""),
    ])
    func `an instance that failed belongs to the deploy of its time`(time: String, words: String) async throws
    {
        let event = """
            {"event":{"type":"server_failed","timestamp":"\(time)",\
            "details":{"reason":{"evicted":false,"unhealthy":"no answer on /health"}}}}
            """
        let answer = """
            {"id":"dep-1","status":"update_failed","createdAt":"2025-08-20T12:44:55Z",\
            "finishedAt":"2025-08-20T12:50:00Z"}
            """
        let (render, _) = try service(
            Self.service,
            [Self.path + "/deploys/dep-1": answer, Self.path + "/events": "[\(event)]"]
        )
        #expect(
            try await render.deploy("dep-1").state
                == .failed(reason: "the new version did not start or did not become healthy\(words)")
        )
    }

    @Test(arguments: [
        "[7]", "{}", #"[{"event":{"type":"deploy_ended"}}]"#,
        #"[{"event":{"type":"x","timestamp":"2025-08-20T12:50:00Z","details":{"deployId":"dep-1","reason":7}}}]"#,
    ])
    func `events that cannot be read leave a deploy as it is`(events: String) async throws {
        let answer = #"{"id":"dep-1","status":"build_failed","createdAt":"2025-08-20T12:44:55Z"}"#
        let (render, _) = try service(
            Self.service,
            [Self.path + "/deploys/dep-1": answer, Self.path + "/events": events]
        )
        #expect(try await render.deploy("dep-1").state == .failed(reason: "the build failed"))
    }

    @Test func `a service that was updated because of variables is known by its events`() async throws {
        let event =
            #"{"event":{"type":"deploy_started","timestamp":"2025-08-20T12:44:56Z","details":{"deployId":"dep-1","trigger":{"envUpdated":true,"manual":false}}}}"#
        let answer = deploy(#""status":"live","trigger":"service_updated""#)
        let (render, provider) = try service(
            Self.service,
            [Self.path + "/deploys": "[\(answer)]", Self.path + "/events": "[\(event)]"]
        )
        #expect(try await render.deploys(limit: 5).first?.cause == .variables)
        #expect(
            provider.asked.last
                == "GET /v1/services/srv-1/events?startTime=2025-08-20T12%3A44%3A55.1Z&limit=100"
        )
    }

    @Test func `variables come with their values and page for page`() async throws {
        let page = (0..<100).map { #"{"envVar":{"key":"K\#($0)","value":"v\#($0)"},"cursor":"c\#($0)"}"# }
        let (render, _) = try service(
            Self.service,
            [
                Self.path + "/env-vars?limit=100": "[\(page.joined(separator: ","))]",
                Self.path + "/env-vars?cursor=c99&limit=100":
                    #"[{"envVar":{"key":"LAST","value":""},"cursor":"x"}]"#,
            ]
        )
        let variables = try await render.variables()
        #expect(variables.count == 101)
        #expect(variables.contains(ProviderVariable("K42", value: Secret("v42"))))
        #expect(variables.contains(ProviderVariable("LAST", value: Secret(""))))
    }

    @Test func `lines of the log hold the text, are in order and safe to show`() async throws {
        let pages = [
            #"{"hasMore":true,"nextStartTime":"2025-08-20T12:50:02Z","nextEndTime":"2025-08-20T13:00:00Z","logs":[{"id":"2","message":"RuntimeError: no running event loop\u001b[0m","timestamp":"2025-08-20T12:50:02Z","labels":[]},{"id":"1","message":"no running event loop","timestamp":"2025-08-20T12:50:01Z","labels":[]}]}"#,
            #"{"hasMore":false,"logs":[{"id":"3","message":"something else","timestamp":"2025-08-20T12:50:03Z","labels":[]},{"id":"4","message":"no running event loop, again","timestamp":"2025-08-20T12:50:04Z","labels":[]}]}"#,
        ]
        let provider = ScriptedProvider { request, _ in
            if !request.url.contains("/logs") { return .answer(Self.service) }
            return .answer(request.url.contains("50%3A02") ? pages[1] : pages[0])
        }
        let transport = try ProviderTransport(scripted: provider, .render(token: Secret("rnd_x")))
        let render = RenderService(id: "srv-1", through: transport)
        let since = try #require(Timestamp(rfc3339: "2025-08-20T12:50:00Z"))
        let lines = try await render.logLines(containing: "no running event loop", since: since, limit: 10)
        #expect(
            lines.map(\.text) == [
                "no running event loop", #"RuntimeError: no running event loop\u{1b}[0m"#,
                "no running event loop, again",
            ]
        )
        #expect(
            provider.asked[1]
                == "GET /v1/logs?ownerId=tea-1&resource=srv-1&startTime=2025-08-20T12%3A50%3A00Z"
                + "&direction=forward&text=no%20running%20event%20loop&limit=100"
        )
    }

    @Test(arguments: [
        "{}", "7", #"[{"cursor":"c"}]"#, #"[{"deploy":{"id":"dep-1"}}]"#,
        #"[{"deploy":{"id":"../x","createdAt":"2025-08-20T12:44:55Z"}}]"#,
        #"[{"deploy":{"id":"dep-1","createdAt":"2025-08-20T12:44:55Z","commit":"abc"}}]"#,
    ])
    func `an answer of another shape is no list of deploys`(body: String) async throws {
        let (render, _) = try service(Self.service, [Self.path + "/deploys": body])
        #expect(await problem { try await render.deploys(limit: 5) }?.code == "unexpected")
    }
}
