import LookoutAlerting
import LookoutModel

extension Silence {
    /// The silence as the API sends it; `state` is `pending`, `active` or `expired`.
    func json(at now: Timestamp) -> JSONValue {
        [
            "id": .string(id),
            "kind": .string(kind.rawValue),
            "state": .string(state(at: now)),
            "matchers": .array(matchers.map { .string($0.description) }),
            "starts_at": .string(startsAt.rfc3339),
            "ends_at": .string(endsAt.rfc3339),
            "by": .string(author),
            "comment": .string(comment),
            "expires_on_resolve": .bool(expiresOnResolve),
        ]
    }

    private func state(at now: Timestamp) -> String {
        isInForce(at: now) ? "active" : now < startsAt ? "pending" : "expired"
    }
}

extension MaintenanceWindowReport {
    var json: JSONValue {
        [
            "name": .string(name), "matchers": .array(matchers.map(JSONValue.string)),
            "in_force": .bool(isInForce),
        ]
    }
}
