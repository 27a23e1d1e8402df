import LookoutModel
import LookoutSettings

/// The probe of an endpoint.
extension EndpointMigration {
    mutating func writeProbe() {
        probe.add("- name: \(name)")
        var head = YAMLLines()
        if let interval = schedule(endpoint.interval, 1...86_400, "interval") {
            head.add("interval: \(interval)")
        }
        if let timeout = schedule(endpoint.timeout, 0.01...3600, "timeout") {
            head.add("timeout: \(timeout)")
        }
        if !endpoint.group.isEmpty { head.add("labels: {group: \(endpoint.group.labelScalar)}") }
        let kind = isWebSocket ? webSocket() : http()
        probe.indented { lines in
            lines.append(head)
            lines.add(isWebSocket ? "websocket:" : "http:")
            lines.indented { $0.append(kind) }
        }
    }

    /// A time of the schedule, within what a check takes; nil where the default does.
    private mutating func schedule(
        _ text: String?,
        _ range: ClosedRange<Double>,
        _ key: String
    ) -> String? {
        guard let text else { return nil }
        guard let duration = GatusDuration.parse(text), duration > .zero else {
            warnings.append(("\(key): \"\(text.shortened)\" is no length of time", endpoint.position))
            return nil
        }
        let seconds = duration / .seconds(1)
        let kept = min(max(seconds, range.lowerBound), range.upperBound)
        if kept != seconds {
            let limits = Duration.seconds(kept).durationText
            warnings.append(
                ("\(key) \(text) is beyond what Lookout takes, \(limits) instead", endpoint.position)
            )
        }
        return Duration.seconds(kept).durationText
    }

    private mutating func http() -> YAMLLines {
        var lines = YAMLLines()
        let target = HTTPTarget(endpoint)
        lines.add("url: \(scalar(GatusText(target.url), isURL: true))")
        if let credentials = target.credentials {
            lines.comment("Better {env: NAME} or {credential: NAME}: the password stood in the URL.")
            let password = secret(GatusText(credentials.password))
            lines.add("basic_auth: {user: \(scalar(GatusText(credentials.user))), password: \(password)}")
        }
        if endpoint.method != "GET" { lines.add("method: \(endpoint.method.yamlScalar)") }
        if let token = bearerToken { lines.add("bearer: {env: \(token.yamlScalar)}") }
        writeHeaders(to: &lines)
        if let body = endpoint.body { lines.add("body: \(self.body(body))") }
        // Gatus follows redirects unless it is told not to.
        lines.add("follow_redirects: \(!endpoint.ignoresRedirects)")
        lines.add("expect: {status: \(statusCodes())}")
        if endpoint.isInsecure { lines.add("tls: {verify: false}") }
        return lines
    }

    private mutating func webSocket() -> YAMLLines {
        var lines = YAMLLines()
        lines.add("url: \(scalar(GatusText(endpoint.url), isURL: true))")
        writeHeaders(to: &lines)
        if let body = endpoint.body {
            lines.add("send: \(self.body(body))")
        }
        if let reply = conditions.lazy.compactMap(\.condition.expectedReply).first {
            lines.add("expect_reply: \(reply.yamlScalar)")
        }
        if endpoint.isInsecure { lines.add("tls: {verify: false}") }
        return lines
    }

    /// The variable that holds the token of an Authorization header and nothing else.
    private var bearerToken: String? {
        let values = endpoint.headers.filter { $0.name.lowercased() == "authorization" }.map(\.text)
        guard values.count == 1, HTTPTarget(endpoint).credentials == nil else { return nil }
        let pieces = GatusText(values[0]).pieces
        guard pieces.count == 2, pieces[0] == .text("Bearer "), case .variable(let name) = pieces[1] else {
            return nil
        }
        return name
    }

    private mutating func writeHeaders(to lines: inout YAMLLines) {
        var headers = endpoint.headers
        if !isWebSocket, bearerToken != nil { headers.removeAll { $0.name.lowercased() == "authorization" } }
        if endpoint.isGraphQL, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append(("Content-Type", "application/json"))
        }
        for name in headers.map(\.name) where !name.isToken {
            warnings.append(("\"\(name.shortened)\" is left out: it is no header name", endpoint.position))
        }
        headers.removeAll { !$0.name.isToken }
        guard !headers.isEmpty else { return }
        lines.add("headers:")
        let written = headers.map { ($0.name, secret(GatusText($0.text))) }
        lines.indented { lines in
            for (name, value) in written { lines.add("\(name.yamlScalar): \(value)") }
        }
    }

    private mutating func body(_ body: String) -> String {
        var body = body
        for (placeholder, value) in [
            ("[ENDPOINT_NAME]", endpoint.name), ("[ENDPOINT_GROUP]", endpoint.group),
            ("[ENDPOINT_URL]", endpoint.url),
        ] {
            body = body.replacing(placeholder, with: value)
        }
        for placeholder in ["[RANDOM_STRING_", "[LOCAL_ADDRESS]"] where body.contains(placeholder) {
            warnings.append(("there is no equivalent yet for \(placeholder) in the body", endpoint.position))
        }
        if endpoint.isGraphQL { body = JSONValue.object(["query": .string(body)]).jsonText }
        return scalar(GatusText(body))
    }

    /// A text with its variables, which are to be set in the environment.
    mutating func scalar(_ text: GatusText, isURL: Bool = false) -> String {
        var before = ""
        for piece in text.pieces {
            switch piece {
            case .text(let text): before += text
            case .variable(let name):
                let isPort = isURL && before.last == ":" && before.count > 6
                let value =
                    isURL && before.isEmpty ? "https://change-me.invalid" : isPort ? "443" : "change-me"
                if !variables.contains(where: { $0.name == name }) { variables.append((name, value)) }
                before += "x"
            }
        }
        return text.configured.yamlScalar
    }

    /// A value that may be secret: a variable alone is one of the process's environment.
    private mutating func secret(_ text: GatusText) -> String {
        if text.pieces.count == 1, case .variable(let name) = text.pieces[0] {
            return "{env: \(name.yamlScalar)}"
        }
        if !text.variables.isEmpty {
            warnings.append(
                (
                    "a header is made of \(text.variables.map { "${\($0)}" }.joined(separator: ", ")) and more: if that is "
                        + "secret, put the whole value into one variable and write {env: NAME}",
                    endpoint.position
                )
            )
        }
        return scalar(text)
    }

    /// The status codes that meet the conditions, as the probe writes them.
    private mutating func statusCodes() -> String {
        let codes = (100...599).filter { code in
            conditions.allSatisfy { $0.condition.isMet(byStatus: code) ?? true }
        }
        guard !codes.isEmpty else {
            if !expectsNoAnswer() {
                warnings.append(("no status code meets the conditions", endpoint.position))
            }
            return "100-599"
        }
        var ranges: [ClosedRange<Int>] = []
        for code in codes {
            if let last = ranges.last, last.upperBound == code - 1 {
                ranges[ranges.count - 1] = last.lowerBound...code
            } else {
                ranges.append(code...code)
            }
        }
        let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }

    /// Whether the endpoint is well when it does not answer.
    func expectsNoAnswer() -> Bool {
        conditions.contains { condition, _ in
            condition.isMet(byConnection: false) == true && condition.isMet(byConnection: true) == false
                || condition.isMet(byStatus: 0) == true
                    && !(100...599).contains { condition.isMet(byStatus: $0) == true }
        }
    }
}

extension String {
    /// Whether HTTP takes it for a name.
    fileprivate var isToken: Bool {
        !isEmpty
            && unicodeScalars.allSatisfy {
                $0.isASCII && $0.value > 0x20 && $0.value != 0x7F
                    && !"\"(),/:;<=>?@[\\]{}".unicodeScalars.contains($0)
            }
    }

    /// A label's value: whatever variables it names are left as text.
    fileprivate var labelScalar: String { replacing("${", with: "$${").yamlScalar }
}
