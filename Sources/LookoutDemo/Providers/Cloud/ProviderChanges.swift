// What people change at a provider by hand, in its dashboard.

extension FakeNetlify {
    /// Changes a site; nothing happens if there is none of this id.
    mutating func change(_ id: String, _ body: (inout NetlifySiteState) -> Void) {
        guard let index = sites.firstIndex(where: { $0.id == id }) else { return }
        body(&sites[index])
    }
}

extension FakeRender {
    /// Changes a service; nothing happens if there is none of this id.
    mutating func change(_ id: String, _ body: (inout RenderServiceState) -> Void) {
        guard let index = services.firstIndex(where: { $0.id == id }) else { return }
        body(&services[index])
    }
}

extension FakeSupabase {
    /// Changes a project; nothing happens if there is none of this reference.
    mutating func change(_ reference: String, _ body: (inout SupabaseProjectState) -> Void) {
        guard let index = projects.firstIndex(where: { $0.reference == reference }) else { return }
        body(&projects[index])
    }
}

extension NetlifySiteState {
    /// Sets values of the production context, and removes variables.
    mutating func set(_ values: [String: String], unset: [String]) {
        variables.removeAll { unset.contains($0.key) }
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if let index = variables.firstIndex(where: { $0.key == key }) {
                variables[index].values["production"] = value
            } else {
                variables.append(NetlifyVariable(key, value, context: "production"))
            }
        }
    }
}

extension RenderServiceState {
    /// Sets values on the service itself, and removes variables of the service and of its group.
    mutating func set(_ values: [String: String], unset: [String]) {
        variables.removeAll { unset.contains($0.key) }
        for key in unset { groupVariables[key] = nil }
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if let index = variables.firstIndex(where: { $0.key == key }) {
                variables[index].value = value
            } else {
                variables.append((key, value))
            }
        }
    }
}
