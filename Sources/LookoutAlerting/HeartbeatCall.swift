import LookoutHTTP
import LookoutModel

/// One call to a heartbeat's address.
struct HeartbeatCall: Sendable {
    /// More than this of an answer is not read.
    private static let maximumAnswerBytes = 64 << 10

    let heartbeat: Heartbeat
    let beat: HeartbeatSchedule.Beat
    let health: AgentHealth

    /// Makes the call; why it did not work, or nil.
    func send(over transport: any HTTPTransport, timeout: Duration) async -> String? {
        let request = HTTPRequest(
            url: address.reveal(),
            method: heartbeat.method.rawValue,
            headers: heartbeat.method == .post
                ? [HeaderField("Content-Type", "text/plain; charset=utf-8")] : [],
            body: heartbeat.method == .post ? Array(text.utf8) : nil,
            timeout: timeout,
            maximumBodyBytes: Self.maximumAnswerBytes,
            cutsLongBody: true
        )
        do {
            let status = try await transport.send(request).statusCode
            return (200..<300).contains(status) ? nil : "the answer is status \(status)"
        } catch {
            // The address is a secret, and libcurl may repeat it.
            return error.message.contains(address.reveal()) ? "the address cannot be reached" : error.message
        }
    }

    private var address: Secret {
        switch beat {
        case .start: heartbeat.startURL ?? heartbeat.url
        case .alive: heartbeat.url
        case .failing: heartbeat.failURL ?? heartbeat.url
        }
    }

    /// What the outside may show to those whom it calls.
    var text: String {
        var lines = ["version: \(LookoutVersion.current)", "queued: \(health.queued)"]
        if let age = health.oldestQueued { lines.append("oldest_unsent_seconds: \(age.components.seconds)") }
        if case .failing(let troubles) = beat { lines += troubles.map { "trouble: \($0)" } }
        return lines.joined(separator: "\n") + "\n"
    }
}
