import LookoutHTTP
import LookoutModel

/// What an answer is worth against the expectations: every one that it does not meet.
struct HTTPVerdict: Hashable, Sendable {
    /// In the order status, headers, JSON, body, duration.
    private(set) var unmet: [Failure] = []

    /// Judges an answer; `json` is its body as JSON, nil if it is none.
    init(_ response: HTTPResponse, json: JSONValue?, against expectations: HTTPExpectations) {
        judgeStatus(response, expectations)
        judgeHeaders(response, expectations)
        judgeJSON(json, expectations)
        judgeBody(response.body, expectations)
        judgeDuration(response.timings.total, expectations)
    }

    /// One failure for all: the class of the first, the words of each.
    var outcome: Outcome {
        guard let first = unmet.first else { return .ok }
        return .failed(Failure(first.kind, unmet.map(\.message).joined(separator: "; ")))
    }

    private mutating func fail(_ kind: FailureClass, _ message: String) {
        unmet.append(Failure(kind, message))
    }

    private mutating func judgeStatus(_ response: HTTPResponse, _ expectations: HTTPExpectations) {
        guard !expectations.status.contains(response.statusCode) else { return }
        var message = "status \(response.statusCode), expected \(expectations.status)"
        if (300...399).contains(response.statusCode), let location = response.headers.first(named: "Location")
        {
            message += " (redirected to \(location.excerpt))"
        }
        fail(.status, message)
    }

    private mutating func judgeHeaders(_ response: HTTPResponse, _ expectations: HTTPExpectations) {
        for (name, expectation) in expectations.headers.sorted(by: { $0.key < $1.key }) {
            let values = response.headers.values(named: name)
            guard !expectation.isMet(by: values) else { continue }
            let seen = values.isEmpty ? "missing" : "\"\(values.joined(separator: "\", \"").excerpt)\""
            fail(.header, "header \(name) is \(seen), expected \(expectation.words)")
        }
    }

    private mutating func judgeJSON(_ json: JSONValue?, _ expectations: HTTPExpectations) {
        guard !expectations.json.isEmpty else { return }
        guard let json else {
            fail(.body, "the body is not JSON")
            return
        }
        for (text, expected) in expectations.json.sorted(by: { $0.key < $1.key }) {
            let seen = JSONPath(text)?.value(in: json)
            guard seen != expected.value else { continue }
            let words = seen?.jsonText.excerpt ?? "missing"
            fail(.body, "\(text) in the body is \(words), expected \(expected.value.jsonText)")
        }
    }

    private mutating func judgeBody(_ body: [UInt8], _ expectations: HTTPExpectations) {
        for text in expectations.bodyContains
        where !BytePattern(text, ignoringCase: expectations.ignoresCase).isFound(in: body) {
            fail(.body, "the body does not contain \"\(text)\"")
        }
        for text in expectations.bodyNotContains
        where BytePattern(text, ignoringCase: expectations.ignoresCase).isFound(in: body) {
            fail(.body, "the body contains \"\(text)\"")
        }
    }

    private mutating func judgeDuration(_ duration: Duration, _ expectations: HTTPExpectations) {
        guard let maximum = expectations.maximumDuration, duration > maximum else { return }
        fail(.condition, "the answer took \(duration.seconds), expected at most \(maximum.seconds)")
    }
}
