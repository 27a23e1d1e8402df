import FoundationEssentials
import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutSettings
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

/// A receiver that a test configures as a file would, and what it posts.
struct ReceiverFixture {
    /// The settings that make a sound receiver, as JSON stands for YAML.
    let type: any ReceiverType.Type
    let settings: JSONValue

    static let position = SourcePosition(file: "lookout.yaml", line: 3, column: 5)

    /// The receiver, or the reason why there is none as a test failure.
    func receiver(_ changes: JSONValue = [:]) throws -> ConfiguredReceiver {
        let (receiver, diagnostics) = configured(changes)
        return try #require(receiver, "\(diagnostics.all.map(\.rendered))")
    }

    /// What is wrong with the settings once some are changed; a null takes one away.
    func faults(_ changes: JSONValue) -> [String] {
        let (receiver, diagnostics) = configured(changes)
        #expect((receiver == nil) == diagnostics.hasErrors)
        return diagnostics.errors.map(\.rendered)
    }

    private func configured(_ changes: JSONValue) -> (ConfiguredReceiver?, Diagnostics) {
        var context = SettingsContext()
        guard case .object(var members) = settings, case .object(let others) = changes else {
            return (nil, context.diagnostics)
        }
        for (key, value) in others { members[key] = value == nil ? nil : value }
        let receiver = type.configured(name: "team", Self.node(.object(members)), &context)
        return (receiver, context.diagnostics)
    }

    /// JSON as the node that YAML would be.
    static func node(_ value: JSONValue) -> SettingsNode {
        let content: SettingsNode.Content =
            switch value {
            case .null: .null
            case .string(let text): .scalar(text, isQuoted: true)
            case .array(let elements): .sequence(elements.map(node))
            case .object(let members):
                .mapping(
                    members.sorted { $0.key < $1.key }
                        .map { SettingsNode.Entry(key: $0.key, position: position, value: node($0.value)) }
                )
            default: .scalar(value.jsonText, isQuoted: false)
            }
        return SettingsNode(content, at: position)
    }

    /// What the receiver sends, with the verdict on an answer.
    func exchange(
        _ delivery: Delivery,
        answering response: HTTPResponse = HTTPResponse(statusCode: 200),
        settings changes: JSONValue = [:],
        externalURL: String = "https://lookout.example.org"
    ) async throws -> (requests: [HTTPRequest], verdict: SendVerdict) {
        let transport = ScriptedTransport(.success(response))
        let tools = ReceiverTools.forTest(transport: transport, externalURL: externalURL)
        let verdict = try await receiver(changes).send(delivery, tools)
        return (transport.requests.values, verdict)
    }

    /// The body of the first request as JSON.
    func payload(_ delivery: Delivery, settings changes: JSONValue = [:]) async throws -> JSONValue {
        let body = try await body(delivery, settings: changes)
        return try JSONValue(parsing: body)
    }

    func body(_ delivery: Delivery, settings changes: JSONValue = [:]) async throws -> [UInt8] {
        let requests = try await exchange(delivery, settings: changes).requests
        return try #require(requests.first?.body)
    }
}

/// One answer of a provider and what has to become of the message: an entry of a file in `Fixtures/`.
struct VerdictCase: CustomTestStringConvertible {
    let name: String
    let response: HTTPResponse
    let verdict: String
    let after: Int64?
    let reference: String?

    var testDescription: String { name }

    /// The cases of a file: a list of `{case, status, headers, body, verdict, after, reference}`.
    static func cases(_ file: String, filePath: String = #filePath) throws -> [VerdictCase] {
        let folder = SourceTree.realPath(filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let bytes = try [UInt8](Data(contentsOf: folder.appending(path: file)))
        guard case .array(let entries) = try JSONValue(parsing: bytes) else { return [] }
        return try entries.map(VerdictCase.init)
    }

    private init(_ entry: JSONValue) throws {
        name = try #require(entry["case"]?.string)
        var headers: [HeaderField] = []
        if case .object(let members)? = entry["headers"] {
            headers = members.map { HeaderField($0.key, $0.value.string ?? $0.value.jsonText) }
        }
        let body = entry["body"].map { $0.string ?? $0.jsonText } ?? ""
        let status = try #require(entry["status"]?.integer)
        response = HTTPResponse(statusCode: Int(status), headers: headers, body: Array(body.utf8))
        verdict = try #require(entry["verdict"]?.string)
        after = entry["after"]?.integer
        reference = entry["reference"]?.string
    }

    /// What a verdict comes to, without its words.
    static func summary(_ verdict: SendVerdict) -> String {
        switch verdict {
        case .accepted(let reference): "accepted \(reference ?? "-")"
        case .retry(let after, _): "retry \(after.map { "\($0.components.seconds)" } ?? "-")"
        case .broken: "broken"
        case .rejected: "rejected"
        }
    }

    var expected: String {
        switch verdict {
        case "accepted": "accepted \(reference ?? "-")"
        case "retry": "retry \(after.map { "\($0)" } ?? "-")"
        default: verdict
        }
    }
}
