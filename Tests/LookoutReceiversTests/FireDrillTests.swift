import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization
import Testing

@testable import LookoutReceivers

@Suite struct FireDrills {
    /// A peer that repeats what it was sent, as some do in their errors.
    private struct Echo: HTTPTransport {
        let status: Int

        func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
            let echo = Array("no right to \(request.url): ".utf8) + (request.body ?? [])
            return HTTPResponse(
                statusCode: status,
                headers: [HeaderField("Set-Cookie", "k3y"), HeaderField("Content-Type", "text/plain")],
                body: echo
            )
        }

        func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
            throw TransferError(.local, "no streams here")
        }
    }

    private struct Silent: LineOutput {
        let showsColor = false
        func write(_ text: String, timekeeper: any Timekeeper) async throws {
            Issue.record("written: \(text)")
        }
    }

    private static let secret = Secret("https://hooks.example/services/T0000AAAA/k3yk3yk3y")

    /// A receiver that posts to a secret address with its key in the body and in a header.
    private func receiver(isKeyed: Bool = false, startsPrograms: Bool = false) -> ConfiguredReceiver {
        ConfiguredReceiver(
            name: "team",
            typeName: "test",
            traits: ReceiverTraits(isKeyed: isKeyed, startsPrograms: startsPrograms)
        ) { delivery, tools in
            let body: JSONValue = [
                "routing_key": "k3yk3yk3y", "text": .string(delivery.notice.alert?.texts.summary ?? ""),
                "kind": .string(delivery.notice.kind.rawValue), "nested": ["token": "inline-t0ken"],
            ]
            do throws(TransferError) {
                let response = try await tools.transport.send(
                    HTTPRequest(
                        url: Self.secret.reveal(),
                        method: "POST",
                        headers: [
                            HeaderField("Content-Type", "application/json"),
                            HeaderField("X-Api-Key", "k3yk3yk3y"),
                        ],
                        body: Array(body.jsonText.utf8),
                        bearerToken: Secret("b3arer")
                    )
                )
                return response.statusCode == 200
                    ? .delivered : .broken(reason: "status \(response.statusCode)")
            } catch {
                return .retry(after: nil, reason: error.message)
            }
        }
    }

    private func drill(_ receiver: ConfiguredReceiver, status: Int = 200) -> FireDrill {
        FireDrill(
            receiver,
            ReceiverTools(
                transport: Echo(status: status),
                timekeeper: VirtualTimekeeper(),
                output: Silent(),
                errorOutput: Silent()
            ),
            secrets: [Self.secret]
        )
    }

    @Test func `a drill is marked as one, and its secrets are masked wherever they come back`() async {
        let outcome = await drill(receiver()).run()
        #expect(outcome.verdict.isDelivered)
        #expect(outcome.exchanges.count == 1)
        let text = outcome.exchanges.map { $0.request + $0.answer }.joined()
        #expect(text.contains("Fire drill for team: nothing is wrong"))
        #expect(text.contains("POST https://hooks.example/<secret>"))
        for secret in ["k3yk3yk3y", "T0000AAAA", "b3arer", "inline-t0ken", "Set-Cookie"] {
            #expect(!text.contains(secret), "\(secret) in \(text)")
        }
    }

    @Test func `a peer that keeps alerts is told of the end, so that nothing stays open`() async {
        let outcome = await drill(receiver(isKeyed: true)).run()
        #expect(outcome.exchanges.count == 2)
        #expect(outcome.exchanges.last?.request.contains("resolved") == true)
    }

    @Test func `what a peer refuses is said, and no end follows`() async {
        let outcome = await drill(receiver(isKeyed: true), status: 403).run()
        #expect(outcome.verdict == .broken(reason: "status 403"))
        #expect(outcome.exchanges.count == 1)
        #expect(outcome.verdict.words.contains("status 403"))
    }

    @Test func `a preview shows what would be sent and sends nothing`() async {
        let alert = DrillNotice.alert(for: "team", kind: .firing, at: .epoch)
        let outcome = await drill(receiver(), status: 500).preview(of: alert, .firing)
        // The scripted peer would have said 500.
        #expect(outcome?.verdict.isDelivered == true)
        #expect(outcome?.exchanges.first?.request.contains("Fire drill") == true)
    }

    @Test func `what a program would do is not previewed`() async {
        let alert = DrillNotice.alert(for: "team", kind: .firing, at: .epoch)
        #expect(await drill(receiver(startsPrograms: true)).preview(of: alert, .firing) == nil)
    }

    @Test func `a terminal's preview is what it would write, and nothing is written`() async {
        let terminal = ConfiguredReceiver(name: "screen", TerminalReceiver(name: "screen", settings: .init()))
        let alert = DrillNotice.alert(for: "screen", kind: .firing, at: .epoch)
        let outcome = await drill(terminal).preview(of: alert, .firing)
        #expect(outcome?.output.contains("Fire drill for screen") == true)
    }
}
