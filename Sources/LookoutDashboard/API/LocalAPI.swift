import LookoutAlerting
import LookoutModel

/// What the local API answers to what: everything but the server that carries it.
///
/// Each resource has its file, `LocalAPI+….swift`.
package struct LocalAPI: Sendable {
    let control: any AgentControl
    /// Who keeps deployments under the configuration of the moment; nil where it knows none.
    private let deploymentDesk: @Sendable () -> (any DeploymentControl)?
    private let access: AccessPolicy
    /// Names a silence.
    let makeName: @Sendable () -> String

    package init(
        control: any AgentControl,
        access: AccessPolicy,
        deployments: @escaping @Sendable () -> (any DeploymentControl)? = { nil },
        makeName: @escaping @Sendable () -> String = LocalAPI.randomName
    ) {
        self.control = control
        self.access = access
        deploymentDesk = deployments
        self.makeName = makeName
    }

    /// 16 hexadecimal digits that no other silence has.
    @Sendable package static func randomName() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// Answers a request; never throws, whatever is asked.
    ///
    /// The body is read only where there may be one: a stranger's is not.
    package func answer(
        _ request: APIRequest,
        body: @Sendable () async throws(Problem) -> [UInt8]
    ) async -> APIResponse {
        do throws(Problem) {
            if let refusal = access.refusal(of: request) { throw refusal }
            let body = request.method.isSafe ? [] : try await body()
            return try await respond(to: Call(request: request, body: body))
        } catch {
            return error.response
        }
    }

    private func respond(to call: Call) async throws(Problem) -> APIResponse {
        let path = call.request.path
        guard path.count >= 3, path[0] == "api", path[1] == "v1" else {
            throw .notFound("the resources are below /api/v1; docs/api.md lists them")
        }
        let rest = Array(path[3...])
        switch path[2] {
        case "status": return try await status(call, rest)
        case "alerts": return try await alerts(call, rest)
        case "history": return try await history(call, rest)
        case "silences": return try await silences(call, rest, .silence)
        case "maintenance": return try await silences(call, rest, .maintenance)
        case "receivers": return try await receivers(call, rest)
        case "announcements": return try await announcements(call, rest)
        case "incidents": return try await incidents(call, rest)
        case "deployments": return try await deployments(call, rest)
        case "preflight": return try await preflight(call, rest)
        default: throw .notFound("there is no /api/v1/\(path[2].prefix(80)); docs/api.md lists what there is")
        }
    }

    private func status(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        guard rest.isEmpty else { throw .notFound("the status has no parts") }
        try call.allow([.get])
        return .json(await control.status().json)
    }

    /// Who is asked about deployments; throws where the configuration says nothing of them.
    func deploymentControl() throws(Problem) -> any DeploymentControl {
        guard let control = deploymentDesk() else {
            throw Problem(
                404,
                "no-deployments",
                "This agent knows no deployments",
                "say where they go in `deployments:` of the configuration; docs/deployments.md tells how"
            )
        }
        return control
    }

    /// Runs what may fail for reasons that are not the caller's.
    func working<Value>(_ operation: () async throws -> Value) async throws(Problem) -> Value {
        do {
            return try await operation()
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(
                503,
                "not-stored",
                "The agent could not do it",
                "nothing was changed: \(error); the agent's log says more"
            )
        }
    }
}

/// A request that has been let in, with its body.
struct Call {
    let request: APIRequest
    let body: [UInt8]

    /// Throws unless the method is one of these; `GET` stands for `HEAD`, too.
    func allow(_ methods: [APIRequest.Method]) throws(Problem) {
        let method = request.method == .head ? .get : request.method
        guard methods.contains(method) else { throw .notAllowed(methods) }
    }

    func document() throws(Problem) -> RequestDocument {
        try RequestDocument(body, contentType: request.headers["content-type"])
    }

    /// Whole numbers from 1 on that a parameter says; its default where there is none.
    func number(_ name: String, default standard: Int, upTo limit: Int) throws(Problem) -> Int {
        guard let text = request.query[name] else { return standard }
        guard let number = Int(text), (1...limit).contains(number) else {
            throw Problem(
                400,
                "bad-parameter",
                "A parameter is not right",
                "\(name) is a number from 1 to \(limit)"
            )
        }
        return number
    }

    func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let text = request.query[name] else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw Problem(
                400,
                "bad-parameter",
                "A parameter is not right",
                "\(name) is a time such as 2026-11-22T12:00:00Z"
            )
        }
        return time
    }
}
