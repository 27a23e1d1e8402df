import LookoutModel
import LookoutSettings

/// `/api/v1/receivers` and `/api/v1/receivers/{name}/test`.
extension LocalAPI {
    func receivers(_ call: Call, _ rest: [String]) async throws(Problem) -> APIResponse {
        guard let name = rest.first else {
            try call.allow([.get])
            return .json(.array(await control.status().receivers.map(\.json)))
        }
        guard rest.count == 2, rest[1] == "test" else { throw .notFound("a receiver has only a test") }
        try call.allow([.post])
        var document = try call.document()
        try document.finish()
        guard let report = try await working({ try await control.drill(receiver: name) }) else {
            let names = await control.status().receivers.map(\.name)
            let hint = Spelling.hint(for: name, among: names).map { "; \($0)" } ?? ""
            throw .notFound("there is no receiver \"\(name.prefix(80))\"\(hint)")
        }
        return .json(report.json)
    }
}
