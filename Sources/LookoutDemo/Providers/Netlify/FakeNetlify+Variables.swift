import LookoutModel

extension FakeNetlify {
    static let variableRoutes: [ProviderRoute<FakeNetlify>] = [
        ProviderRoute("GET", "api/v1/accounts/:account/env") { netlify, call throws(ProviderRefusal) in
            let site = netlify.sites[try netlify.site(of: call)]
            return .json(200, .array(site.variables.filter { $0.isWanted(by: call) }.map(\.document)))
        },
        ProviderRoute("GET", "api/v1/accounts/:account/env/:key") { netlify, call throws(ProviderRefusal) in
            let (site, variable) = try netlify.variable(of: call)
            return .json(200, netlify.sites[site].variables[variable].document)
        },
        ProviderRoute("POST", "api/v1/accounts/:account/env") { netlify, call throws(ProviderRefusal) in
            try netlify.add(call)
        },
        ProviderRoute("PUT", "api/v1/accounts/:account/env/:key") { netlify, call throws(ProviderRefusal) in
            try netlify.replace(call)
        },
        ProviderRoute("PATCH", "api/v1/accounts/:account/env/:key") { netlify, call throws(ProviderRefusal) in
            try netlify.setValue(call)
        },
        ProviderRoute("DELETE", "api/v1/accounts/:account/env/:key") {
            netlify,
            call throws(ProviderRefusal) in
            let (site, variable) = try netlify.variable(of: call)
            netlify.sites[site].variables.remove(at: variable)
            return DemoReply(204)
        },
        // The description repeats the base path in this one, and clients follow it.
        ProviderRoute("GET", "api/v1/api/v1/sites/:site/env") { netlify, call throws(ProviderRefusal) in
            try netlify.list(site: call.captures[0], call)
        },
        ProviderRoute("GET", "api/v1/sites/:site/env") { netlify, call throws(ProviderRefusal) in
            try netlify.list(site: call.captures[0], call)
        },
    ]

    private func list(site: String, _ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = sites[try self.site(site)]
        return .json(200, .array(site.variables.filter { $0.isWanted(by: call) }.map(\.document)))
    }

    /// The site of a call about an account's variables; without `site_id` the account's first.
    private func site(of call: ProviderCall) throws(ProviderRefusal) -> Int {
        let account = call.captures[0]
        let index = sites.firstIndex { site in
            site.account == account && call.item("site_id").map { $0 == site.id } ?? true
        }
        guard let index else { throw .notFound() }
        return index
    }

    private func variable(of call: ProviderCall) throws(ProviderRefusal) -> (site: Int, variable: Int) {
        let site = try site(of: call)
        let index = sites[site].variables.firstIndex { $0.key == call.captures[1] }
        guard let index else { throw .notFound("Environment variable not found") }
        return (site, index)
    }

    /// Adds a list of variables, as `POST` does.
    private mutating func add(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let site = try site(of: call)
        let added = (call.body?.elements ?? []).compactMap(NetlifyVariable.init(document:))
        guard !added.isEmpty else { throw ProviderRefusal(422, "no variable is given") }
        for variable in added where sites[site].variables.contains(where: { $0.key == variable.key }) {
            throw ProviderRefusal(409, "\(variable.key) exists already")
        }
        sites[site].variables += added
        return .json(201, .array(added.map(\.document)))
    }

    /// Replaces a variable with all of its contexts.
    private mutating func replace(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let (site, index) = try variable(of: call)
        guard let new = call.body.flatMap(NetlifyVariable.init(document:)) else {
            throw ProviderRefusal(422, "key and values are required")
        }
        sites[site].variables[index] = new
        return .json(200, new.document)
    }

    /// Sets the value of one context.
    private mutating func setValue(_ call: ProviderCall) throws(ProviderRefusal) -> DemoReply {
        let (site, index) = try variable(of: call)
        guard let value = call.body?["value"]?.string, let context = call.body?["context"]?.string else {
            throw ProviderRefusal(422, "context and value are required")
        }
        sites[site].variables[index].values[context] = value
        return .json(201, sites[site].variables[index].document)
    }
}

extension NetlifyVariable {
    init?(document: JSONValue) {
        guard let key = document["key"]?.string, let values = document["values"]?.elements else { return nil }
        self.init(key, "")
        self.values = [:]
        for value in values {
            self.values[value["context"]?.string ?? "all"] = value["value"]?.string ?? ""
        }
        if let scopes = document["scopes"]?.elements { self.scopes = scopes.compactMap(\.string) }
        isSecret = document["is_secret"]?.isTrue ?? false
    }

    func isWanted(by call: ProviderCall) -> Bool {
        if let scope = call.item("scope"), !scopes.contains(scope) { return false }
        if let context = call.item("context_name"), context != "all" {
            return values[context] != nil || values["all"] != nil
        }
        return true
    }

    /// The variable as the API gives it; a secret's value is not in it.
    var document: JSONValue {
        var identifiers = Identifiers(seed: "variable \(key)")
        return [
            "key": .string(key),
            "scopes": JSONValue(scopes),
            "values": .array(
                values.sorted { $0.key < $1.key }
                    .map { context, value in
                        var document: [String: JSONValue] = [
                            "id": .string(identifiers.uuid()), "context": .string(context),
                        ]
                        if !isSecret { document["value"] = .string(value) }
                        return .object(document)
                    }
            ),
            "is_secret": .bool(isSecret),
            "updated_at": "2025-08-01T09:00:00.000Z",
        ]
    }
}
