import LookoutAlerting
import LookoutHTTP
import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutReceivers

struct BodyTemplateTests {
    private static func event(_ delivery: Delivery = DeliveryExamples.delivery("firing")) -> EventDocument {
        EventDocument(delivery, .forTest())
    }

    private static func filled(
        _ source: String,
        _ format: BodyTemplate.Format = .json,
        _ delivery: Delivery = DeliveryExamples.delivery("firing")
    ) throws -> String {
        try BodyTemplate(source, format).filled(with: event(delivery))
    }

    @Test(arguments: [
        (#"{"a": "{{ summary }}"}"#, #"{"a": "Backend is down"}"#),
        (#"{"a": {{ summary }}}"#, #"{"a": "Backend is down"}"#),
        (#"{"a": {{severity}}, "b": "SEV{{ severity }}"}"#, #"{"a": 1, "b": "SEV1"}"#),
        (#"{"a": "{{ labels.environment }}/{{labels.none}}"}"#, #"{"a": "production/"}"#),
        (#"{"a": {{ labels.team }}}"#, #"{"a": "web"}"#),
        (
            #"{ {{ rule }}: {{ labels }} }"#,
            #"{ "backend-down": {"environment":"production","probe":"backend-health","team":"web"} }"#
        ),
        (#"{"\"{{ rule }}\\": "{{rule}}"}"#, #"{"\"backend-down\\": "backend-down"}"#),
        (#""\u007b{ x }}""#, #""\u007b{ x }}""#),
        (
            #"{{ samples }}"#,
            #"[{"at":"2026-11-22T11:59:00Z","text":"failed after 0.2 s: status 503"},{"at":"2026-11-22T12:00:00Z","text":"failed after 10.0 s: timeout"}]"#
        ),
        (#"["{{ annotations }}"]"#, #"["{\"dashboard\":\"https://graphs.example.org/d/1\"}"]"#),
        ("[]", "[]"),
    ])
    func `placeholders are filled in as JSON`(source: String, expected: String) throws {
        let body = try Self.filled(source)
        #expect(body == expected)
        #expect(throws: Never.self) { try JSONValue(parsing: Array(body.utf8)) }
    }

    @Test(arguments: [
        ("{{ sumary }}", 1, 1, "unknown field \"sumary\""), ("{{ }}", 1, 1, "unknown field \"\""),
        ("[\n  \"{{ labels.a }}\", {{ lables.a }}\n]", 2, 21, "unknown field \"lables.a\""),
        ("[{{ summary ]", 1, 2, "\"{{\" is never closed"),
        ("[{{ summary\n}}]", 1, 2, "\"{{\" is never closed"),
        ("{{ summary.x }}", 1, 1, "summary has no parts"), ("{{ labels. }}", 1, 1, "a name is missing"),
        ("{\"a\": }", 1, 1, "the body is not JSON"), ("{ {{ severity }}: 1 }", 1, 1, "the body is not JSON"),
        ("{{ summary }} {{ summary }}", 1, 1, "the body is not JSON"), ("", 1, 1, "the body is not JSON"),
        ("[\"{{ summary }}]", 1, 1, "the body is not JSON"),
        ("[\"\\{{ summary }}\"]", 1, 1, "the body is not JSON"),
    ])
    func `a template with a fault is refused at its place`(
        source: String,
        line: Int,
        column: Int,
        message: String
    ) {
        do throws(BodyTemplate.Fault) {
            _ = try BodyTemplate(source, .json)
            Issue.record("\(source) was taken")
        } catch {
            #expect(error.line == line)
            #expect(error.column == column)
            #expect(error.message.hasPrefix(message), "\(error.message)")
        }
    }

    @Test func `a fault is a configuration error with the place and a hint`() {
        let faults = PushFixtures.webhook.faults(["body": "{\n  \"text\": \"{{ sumary }}\"\n}"])
        #expect(
            faults == [
                """
                lookout.yaml:3:5: error: line 2, column 12 of the body: unknown field "sumary"
                  |   "text": "{{ sumary }}"
                  | ...........^
                  hint: did you mean "summary"?
                """
            ]
        )
    }

    /// The property that makes templates safe: whatever is told, the structure stays.
    @Test func `no text can change the structure of the body`() async {
        let source =
            #"{"a": "x{{ summary }}y", "b": {{ summary }}, "c": ["{{ labels.l }}", {{ description }}]}"#
        let characters = Array("\"\\{}[]:, \n\u{1}\u{2028}é😀u0041<&")
        await checkAll(cases: 300) { generator in
            let text = String(
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    characters[Int.random(in: 0..<characters.count, using: &generator)]
                }
            )
            let delivery = DeliveryExamples.delivery(
                of: .firing,
                texts: AlertTexts(summary: text, description: text)
            )
            let body = try BodyTemplate(source, .json).filled(with: Self.event(delivery))
            let json = try JSONValue(parsing: Array(body.utf8))
            guard case .object(let members) = json, case .array(let list)? = members["c"] else {
                throw Broken()
            }
            try #require(members.count == 3 && list.count == 2)
            let summary = try #require(members["b"]?.string)
            try #require(members["a"]?.string == "x\(summary)y")
        }
    }

    private struct Broken: Error {}

    @Test(arguments: [
        ("application/json", BodyTemplate.Format.json), ("application/vnd.api+json; charset=utf-8", .json),
        ("Application/JSON", .json), ("application/x-www-form-urlencoded", .form), ("text/xml", .markup),
        ("application/atom+xml", .markup), ("text/html; charset=utf-8", .markup), ("text/plain", .plain),
        ("", .plain), ("text/json-ish", .plain),
    ])
    func `the content type says how values are written`(type: String, format: BodyTemplate.Format) {
        #expect(BodyTemplate.Format(contentType: type) == format)
    }

    @Test func `values are written as the body's format needs it`() throws {
        let delivery = DeliveryExamples.delivery(of: .firing, texts: AlertTexts(summary: #"a&b="<ü>" c"#))
        #expect(
            try Self.filled("t={{ summary }}&x=1", .form, delivery) == "t=a%26b%3D%22%3C%C3%BC%3E%22%20c&x=1"
        )
        #expect(
            try Self.filled("<t>{{ summary }}</t>", .markup, delivery)
                == "<t>a&amp;b=&quot;&lt;ü&gt;&quot; c</t>"
        )
        #expect(try Self.filled("{{ summary }}\"", .plain, delivery) == #"a&b="<ü>" c""#)
        #expect(try Self.filled("{{ severity }}", .form, delivery) == "1")
    }

    @Test func `a template of another content type need not be JSON`() async throws {
        let exchange = try await PushFixtures.webhook.exchange(
            DeliveryExamples.delivery("firing"),
            settings: ["body": "{{ title }}", "headers": ["content-type": "text/plain"]]
        )
        let request = try #require(exchange.requests.first)
        #expect(request.headers.values(named: "Content-Type") == ["text/plain"])
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        #expect(body == "[SEV1] Backend is down – production/backend-health")
    }

    @Test func `after a refusal the plain form has no template`() async throws {
        let payload = try await PushFixtures.webhook.payload(
            DeliveryExamples.delivery("plain"),
            settings: ["body": #"["{{ title }}"]"#]
        )
        #expect(payload["type"] == "alert.firing")
    }

    @Test func `each field is what its example says, whatever is told`() {
        for sort in DeliveryExamples.names {
            let event = Self.event(DeliveryExamples.delivery(sort))
            for field in EventField.all {
                switch (field.example, field.value(event)) {
                case (.int, .int), (.string, .string), (.object, .object), (.array, .array): break
                default: Issue.record("\(field.name) of \(sort) has another type")
                }
            }
        }
        #expect(Set(EventField.all.map(\.name)).count == EventField.all.count)
    }
}
