import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Synchronization

@testable import LookoutReceivers

/// Notices as receivers get them.
enum Examples {
    static let fired = Timestamp(rfc3339: "2026-11-22T12:00:00Z") ?? .epoch

    static func notice(
        _ kind: Notice.Kind = .firing,
        severity: Severity = .outage,
        labels: Labels = ["environment": "production", "probe": "backend-health"],
        ruleLabels: Labels = [:],
        texts: AlertTexts = AlertTexts(
            summary: "Backend is down",
            description: "connection refused",
            runbook: "https://runbooks.example.org/backend"
        ),
        resolution: Alert.Resolution = .recovered,
        blindness: Alert.Blindness? = nil,
        acknowledgement: Alert.Acknowledgement? = nil
    ) -> Notice {
        var generator = SeededGenerator(seed: 1)
        let isResolved = kind == .resolved
        let alert = Alert(
            id: AlertID(rule: "backend-down", labels: labels),
            labels: ruleLabels,
            state: isResolved ? .resolved : .firing,
            severity: severity,
            episode: 4,
            blindness: blindness,
            texts: texts,
            pendingSince: fired - .seconds(60),
            firingSince: fired,
            resolvedSince: isResolved ? fired + .seconds(250) : nil,
            resolution: isResolved ? resolution : nil,
            acknowledgement: acknowledgement
        )
        return Notice(
            id: NoticeID(at: fired, using: &generator),
            receiver: "team",
            kind: kind,
            alert: alert,
            createdAt: fired
        )
    }

    static func delivery(_ notice: Notice = notice()) -> Delivery {
        Delivery(
            notice: notice,
            sequence: 1,
            failedAttempts: 0,
            lease: Lease(owner: "boot", until: fired + .seconds(120))
        )
    }
}

/// A transport that gives one answer and keeps the requests.
final class ScriptedTransport: HTTPTransport {
    let requests = Recorder<HTTPRequest>()
    private let answer: Result<HTTPResponse, TransferError>

    init(_ answer: Result<HTTPResponse, TransferError>) {
        self.answer = answer
    }

    func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        requests.record(request)
        return try answer.get()
    }

    func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        throw TransferError(.local, "no receiver opens connections")
    }
}

/// An output that keeps what is written.
final class RecordedOutput: LineOutput {
    let texts = Recorder<String>()
    let showsColor: Bool

    init(showsColor: Bool = false) {
        self.showsColor = showsColor
    }

    func write(_ text: String, timekeeper: any Timekeeper) async throws {
        texts.record(text)
    }
}

/// An output that nobody reads.
struct ClosedOutput: LineOutput {
    struct Closed: Error, CustomStringConvertible {
        let description = "closed"
    }

    var showsColor: Bool { false }

    func write(_ text: String, timekeeper: any Timekeeper) async throws {
        throw Closed()
    }
}

extension ReceiverTools {
    static func forTest(
        transport: any HTTPTransport = ScriptedTransport(.success(HTTPResponse(statusCode: 200))),
        output: any LineOutput = ClosedOutput(),
        errorOutput: any LineOutput = ClosedOutput(),
        externalURL: String = "https://lookout.example.org",
        at now: Timestamp = Examples.fired
    ) -> ReceiverTools {
        ReceiverTools(
            transport: transport,
            timekeeper: VirtualTimekeeper(at: Moment(wall: now, monotonic: .zero)),
            output: output,
            errorOutput: errorOutput,
            externalURL: externalURL
        )
    }
}

extension AlertmanagerMessage {
    init(notice: Notice, externalURL: String) {
        self.init(delivery: Examples.delivery(notice), externalURL: externalURL)
    }
}

extension Message {
    /// The message of a notice for people in UTC.
    init(_ notice: Notice) {
        self.init(Examples.delivery(notice), timeZone: "UTC", externalURL: "")
    }
}
