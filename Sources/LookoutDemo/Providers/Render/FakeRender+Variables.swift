import LookoutModel

extension FakeRender {
    static let variableRoutes: [ProviderRoute<FakeRender>] = [
        ProviderRoute("GET", "v1/services/:service/env-vars") { render, call throws(ProviderRefusal) in
            let service = render.services[try render.service(call.captures[0])]
            return .cursorPage(service.variables.map(Self.row), of: call, key: "envVar")
        },
        ProviderRoute("PUT", "v1/services/:service/env-vars") { render, call throws(ProviderRefusal) in
            try render.replaceAll(call)
        },
        ProviderRoute("GET", "v1/services/:service/env-vars/:key") { render, call throws(ProviderRefusal) in
            let (service, variable) = try render.variable(call)
            return .json(200, Self.row(render.services[service].variables[variable]).document)
        },
        ProviderRoute("PUT", "v1/services/:service/env-vars/:key") { render, call throws(ProviderRefusal) in
            try render.setOne(call)
        },
        ProviderRoute("DELETE", "v1/services/:service/env-vars/:key") {
            render,
            call throws(ProviderRefusal) in
            let (service, variable) = try render.variable(call)
            render.services[service].variables.remove(at: variable)
            return DemoReply(204)
        },
    ]

    private static func row(_ variable: (key: String, value: String)) -> (cursor: String, document: JSONValue)
    {
        ("c-" + variable.key, ["key": .string(variable.key), "value": .string(variable.value)])
    }

    private func variable(_ call: ProviderCall) throws(ProviderRefusal) -> (service: Int, variable: Int) {
        let service = try service(call.captures[0])
        guard let index = services[service].variables.firstIndex(where: { $0.key == call.captures[1] }) else {
            throw .notFound("env var not found: \(call.captures[1])")
        }
        return (service, index)
    }

    /// Replaces all variables by those in the body: whatever it leaves out is gone.
    private mutating func replaceAll(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let service = try service(call.captures[0])
        guard let elements = call.body?.elements else {
            throw ProviderRefusal(400, "expected a list of variables")
        }
        var variables: [(key: String, value: String)] = []
        for element in elements {
            guard let key = element["key"]?.string, !key.isEmpty else {
                throw ProviderRefusal(400, "each variable needs a key")
            }
            let value = try value(in: element, of: service)
            variables.removeAll { $0.key == key }
            variables.append((key, value))
        }
        services[service].variables = variables
        return .json(
            200,
            .array(variables.map(Self.row).map { ["envVar": $0.document, "cursor": .string($0.cursor)] })
        )
    }

    /// Sets one variable; the running process keeps its own until the next deploy.
    private mutating func setOne(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let service = try service(call.captures[0])
        let key = call.captures[1]
        let value = try value(in: call.body ?? .null, of: service)
        if let index = services[service].variables.firstIndex(where: { $0.key == key }) {
            services[service].variables[index].value = value
        } else {
            services[service].variables.append((key, value))
        }
        return .json(200, Self.row((key, value)).document)
    }

    private mutating func value(in body: JSONValue, of service: Int) throws(ProviderRefusal) -> String {
        if let value = body["value"]?.string { return value }
        guard body["generateValue"]?.isTrue == true else {
            throw ProviderRefusal(400, "value or generateValue is required")
        }
        return services[service].secretValue()
    }
}
