import LookoutHTTP
import LookoutModel
import Testing

@testable import LookoutProbes

/// One line of `cors.jsonl`.
struct RecordedCORSCase {
    let id: String
    let reasonCode: String
    let deviation: String?
    var category: String { value["category"]?.string ?? "" }
    private let value: JSONValue
    private let origin: Origin
    private let placeholders: [String: String]

    struct Replay {
        var verdict: CORSVerdict
        var sent: [CORSExchange] = []
    }

    /// The case as it is with these origins of the two listeners.
    init(
        _ value: JSONValue,
        target: String = "http://127.0.0.1:28101",
        target2: String = "http://127.0.0.1:28102"
    ) throws {
        self.value = value
        id = try #require(value["id"]?.string)
        deviation = value["deviation"]?["class"]?.string
        reasonCode = try #require(value["verdict"]?["reason_code"]?.string)
        let asked = try #require(value["request"]?["origin"]?.string)
        let text =
            switch asked {
            case "null": "null"
            case "{{target}}": target
            case "{{target2}}": target2
            default: value["seen_with"]?["origin"]?.string ?? "https://shop.example"
            }
        origin = try #require(Origin(text))
        var words = [
            "target": target, "target2": target2, "path": "/case/\(id)",
            "base": "\(target)/case/\(id)", "base2": "\(target2)/case/\(id)",
            "authority": String(target.dropFirst(7)), "authority2": String(target2.dropFirst(7)),
            "origin": text, "origin_upper": text.uppercased(),
        ]
        words.merge(RecordedCORSCase.parts(of: origin)) { _, part in part }
        placeholders = words
    }

    private static func parts(of origin: Origin) -> [String: String] {
        guard case .tuple(let scheme, let host, let port) = origin else {
            let names = [
                "scheme", "host", "port", "other_scheme", "other_port", "scheme_upper", "host_upper",
            ]
            return Dictionary(uniqueKeysWithValues: (names + ["host_unicode"]).map { ($0, "null") })
        }
        let number = port ?? (scheme == "https" ? 443 : 80)
        return [
            "scheme": scheme, "host": host, "port": "\(number)",
            "other_scheme": scheme == "https" ? "http" : "https",
            "other_port": "\(number < 65_535 ? number + 1 : number - 1)",
            "scheme_upper": scheme.uppercased(), "host_upper": host.uppercased(),
            "host_unicode": host.replacing("xn--bcher-kva", with: "b\u{C3}\u{BC}cher"),
        ]
    }

    private func filled(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}")
        {
            result += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end.lowerBound])
            result += placeholders[name] ?? "{{\(name)}}"
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    private var answers: [JSONValue] {
        (value["hops"]?.array ?? []).flatMap { [$0["preflight"], $0["actual"]].compactMap(\.self) }
    }

    /// Whether the case scripts bytes that are no plain HTTP answer.
    var needsParser: Bool {
        answers.contains {
            $0[present: "raw"] != nil || $0[present: "prefix"] != nil || $0[present: "version"] != nil
        }
    }

    func request() throws -> CORSRequest {
        let request = try #require(value["request"])
        let headers = (request["headers"]?.array ?? []).compactMap { $0.array }.map {
            HeaderField($0[0].string ?? "", $0[1].string ?? "")
        }
        return try CORSRequest(
            origin: origin,
            url: #require(WebURL(filled(request["url"]?.string ?? ""))),
            method: request["method"]?.string ?? "GET",
            headers: headers,
            body: request["body"]?.string.map { Array($0.utf8) },
            credentials: #require(CORSRequest.Credentials(rawValue: request["credentials"]?.string ?? "")),
            redirect: #require(CORSRequest.Redirect(rawValue: request["redirect"]?.string ?? ""))
        )
    }

    func replay() -> Replay {
        let made: CORSRequest
        do {
            made = try request()
        } catch let refusal as CORSRefusal {
            return Replay(verdict: CORSVerdict(refusal: refusal))
        } catch {
            return Replay(verdict: CORSVerdict(refusal: .invalidRequest("\(error)")))
        }
        var fetch = CORSFetch(made)
        var sent: [CORSExchange] = []
        var step = fetch.start()
        while case .send(let exchange) = step {
            sent.append(exchange)
            step = answer(exchange, &fetch)
        }
        guard case .done(let verdict) = step else { return Replay(verdict: CORSVerdict(), sent: sent) }
        return Replay(verdict: verdict, sent: sent)
    }

    private func answer(_ exchange: CORSExchange, _ fetch: inout CORSFetch) -> CORSFetch.Step {
        let hops = value["hops"]?.array ?? []
        guard exchange.hop < hops.count, let scripted = hops[exchange.hop][present: exchange.stage.rawValue]
        else {
            return fetch.receive(statusCode: 501, headers: [])
        }
        switch scripted["action"]?.string {
        case "close", "reset": return fetch.fail(.connect, "closed")
        case "hang": return fetch.fail(.timeout, "no answer")
        default: break
        }
        let limit = value["request"]?["timeout_ms"]?.int ?? 4000
        if scripted["delay_ms"]?.int ?? 0 >= limit { return fetch.fail(.timeout, "no answer") }
        let headers = (scripted["headers"]?.array ?? []).compactMap(\.array).map {
            HeaderField(filled($0[0].string ?? ""), filled($0[1].string ?? ""))
        }
        return fetch.receive(statusCode: scripted["status"]?.int ?? 0, headers: headers)
    }

    /// What the scripted server does with a request for a path.
    enum Script {
        case answer([UInt8], chunk: Int?, pause: Duration, delay: Duration, isReset: Bool, hangs: Bool)
        case close
        case reset
        case hang
    }

    /// The script for a request, found by its path and by whether it is a preflight.
    func script(path: String, isPreflight: Bool) -> Script {
        let hops = value["hops"]?.array ?? []
        let tail = path.split(separator: "/hop/", maxSplits: 1).dropFirst().first
        let hop = tail.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        guard hop < hops.count, let scripted = hops[hop][present: isPreflight ? "preflight" : "actual"] else {
            return .answer(
                Array("HTTP/1.1 501 X\r\nConnection: close\r\n\r\n".utf8),
                chunk: nil,
                pause: .zero,
                delay: .zero,
                isReset: false,
                hangs: false
            )
        }
        switch scripted["action"]?.string {
        case "close": return .close
        case "reset": return .reset
        case "hang": return .hang
        default: break
        }
        return .answer(
            bytes(of: scripted),
            chunk: scripted[present: "chunk_delay_ms"].map { _ in scripted["chunk_bytes"]?.int ?? 1 },
            pause: .milliseconds(scripted["chunk_delay_ms"]?.int ?? 0),
            delay: .milliseconds(scripted["delay_ms"]?.int ?? 0),
            isReset: scripted["after"]?.string == "reset",
            hangs: scripted["after"]?.string == "hang"
        )
    }

    private func bytes(of scripted: JSONValue) -> [UInt8] {
        var text = scripted[present: "raw"]?.string ?? ""
        if text.isEmpty {
            text = scripted["prefix"]?.string ?? ""
            let reason = scripted["reason"]?.string ?? ""
            text += "\(scripted["version"]?.string ?? "HTTP/1.1") \(scripted["status"]?.int ?? 0)"
            text += (reason.isEmpty ? "" : " \(reason)") + "\r\n"
            for header in (scripted["headers"]?.array ?? []).compactMap(\.array) {
                let separator = header.count > 2 ? header[2].string ?? ": " : ": "
                text += "\(header[0].string ?? "")\(separator)\(header[1].string ?? "")\r\n"
            }
            text += "\r\n" + (scripted["body"]?.string ?? "")
        }
        return filled(text).unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    /// How long the page waits.
    var timeout: Duration { .milliseconds(value["request"]?["timeout_ms"]?.int ?? 4000) }

    func difference(from replay: Replay) -> String? {
        let recorded = value["verdict"]
        if recorded?["allowed"]?.bool != replay.verdict.isAllowed {
            return "\(replay.verdict.reasonCode), recorded \(reasonCode)"
        }
        if recorded?["preflight_sent"]?.bool != replay.verdict.preflightSent {
            return "preflight \(replay.verdict.preflightSent)"
        }
        let wire = (recorded?["wire"]?.array ?? []).map(recordedLine)
        let seen = replay.sent.map(sentLine)
        return wire == seen ? nil : "sent \(seen), recorded \(wire)"
    }

    private func recordedLine(_ entry: JSONValue) -> String {
        let text = { (key: String) in entry[present: key]?.string.map(filled) ?? "-" }
        let names = (entry["sent"]?.array ?? []).compactMap(\.string).sorted()
        return "\(entry["hop"]?.int ?? -1) \(text("kind")) \(text("method")) \(text("origin")) "
            + "\(text("acrm")) \(text("acrh")) \(names)"
    }

    private func sentLine(_ exchange: CORSExchange) -> String {
        let asked = (value["request"]?["headers"]?.array ?? []).compactMap { $0.array }
        let names = asked.filter { pair in
            guard let name = pair[0].string, let text = pair[1].string else { return false }
            return exchange.headers.first(named: name) == String(HTTPToken.trimmed(text))
        }
        .compactMap { $0[0].string?.lowercased() }
        let text = { (name: String) in exchange.headers.first(named: name) ?? "-" }
        return "\(exchange.hop) \(exchange.stage.rawValue) \(exchange.method) \(text("Origin")) "
            + "\(text("Access-Control-Request-Method")) \(text("Access-Control-Request-Headers")) "
            + "\(Set(names).sorted())"
    }
}
