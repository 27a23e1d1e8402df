import LookoutHTTP
package import LookoutModel

/// Asks a running agent over its local API.
package struct AgentClient: Sendable {
    /// Why the agent did not do what it was asked for.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        /// Nobody answers, or not in time.
        case unreachable(String)
        /// What answers is not Lookout.
        case foreign(String)
        /// The agent said no: the HTTP status, and why.
        case refused(status: Int, String)

        package var description: String {
            switch self {
            case .unreachable(let text), .foreign(let text), .refused(_, let text): text
            }
        }
    }

    private let address: String
    private let token: Secret?

    /// - Parameters:
    ///   - address: `host:port` of the agent's local API.
    ///   - token: what `APIToken.read` gives; needed only to change something.
    package init(address: String, token: Secret? = nil) {
        self.address = address
        self.token = token
    }

    /// The answer to a question.
    package func get(_ path: String) async throws(Failure) -> JSONValue {
        try Self.document(try await send("GET", path, nil))
    }

    /// The answer as it is, for what is not JSON.
    package func text(_ path: String) async throws(Failure) -> String {
        String(decoding: try await send("GET", path, nil), as: UTF8.self)
    }

    /// Adds something or has something done; what the agent answers.
    package func post(_ path: String, _ body: JSONValue) async throws(Failure) -> JSONValue {
        try Self.document(try await send("POST", path, body))
    }

    /// Ends or removes something; what the agent answers.
    package func delete(_ path: String, _ body: JSONValue? = nil) async throws(Failure) -> JSONValue {
        try Self.document(try await send("DELETE", path, body))
    }

    /// A text as one part of a path or a value of a query (RFC 3986 §2.3).
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }

    private func send(_ method: String, _ path: String, _ body: JSONValue?) async throws(Failure) -> [UInt8] {
        let request = HTTPRequest(
            url: "http://\(address)/api/v1/\(path)",
            method: method,
            headers: body == nil ? [] : [HeaderField("Content-Type", "application/json")],
            body: body.map { Array($0.jsonText.utf8) },
            // A fire drill may take as long as an attempt to send.
            timeout: .seconds(60),
            maximumBodyBytes: 64 << 20,
            bearerToken: token
        )
        let answer: Result<HTTPResponse, TransferError>
        do throws(AgentError) {
            answer = try await SystemResources.use { system throws(AgentError) in
                do throws(TransferError) {
                    return .success(try await system.transport.send(request))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw .unreachable("\(error)")
        }
        switch answer {
        case .success(let response): return try Self.body(of: response, from: address)
        case .failure(let error):
            throw .unreachable("no lookout answers at \(address): \(error.message); is the daemon running?")
        }
    }

    private static func body(of response: HTTPResponse, from address: String) throws(Failure) -> [UInt8] {
        guard !(200..<300).contains(response.statusCode) else { return response.body }
        let problem = try? JSONValue(parsing: response.body)
        guard let title = problem?["title"]?.string, let detail = problem?["detail"]?.string else {
            throw .foreign("what answers at \(address) is not lookout (status \(response.statusCode))")
        }
        throw .refused(status: response.statusCode, "\(title): \(detail)")
    }

    private static func document(_ body: [UInt8]) throws(Failure) -> JSONValue {
        do {
            return try JSONValue(parsing: body)
        } catch {
            throw .foreign("what answers is not lookout: its answer is not JSON (\(error))")
        }
    }
}
