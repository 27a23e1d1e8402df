import Testing

@testable import LookoutDemo

@Suite struct DemoFrontendAnswers {
    private func reply(_ path: String, _ faults: Set<DemoFaultKind> = []) -> DemoReply {
        DemoFrontend(
            backendURL: "http://127.0.0.1:1",
            foreignBackendURL: "http://127.0.0.1:2",
            faults: faults
        )
        .reply(to: DemoRequest(target: path))
    }

    @Test func `the assets that the page names are there`() {
        let page = reply("/").body
        for asset in ["/assets/index-4f1c09.js", "/assets/index-4f1c09.css"] {
            #expect(page.contains(asset))
            #expect(reply(asset).status == 200)
        }
    }

    @Test func `each fault shows where a browser would meet it`() {
        #expect(reply("/assets/index-4f1c09.js", [.brokenAsset]).status == 404)
        #expect(reply("/", [.emergencyMode]).body.contains("emergency mode"))
        #expect(reply("/", [.demoMode]).body.contains("demo mode"))
        #expect(reply("/", [.oldVersion]).body.contains("2.0.3"))
        #expect(reply("/assets/index-4f1c09.js", [.stagingHost]).body.contains("http://127.0.0.1:2"))
        #expect(reply("/", [.slow]).delay > .seconds(3))
    }

    @Test func `nothing of a fault shows while all is well`() {
        #expect(!reply("/").body.contains("mode"))
        #expect(!reply("/assets/index-4f1c09.js").body.contains("http://127.0.0.1:2"))
        #expect(reply("/").delay == .zero)
    }
}
