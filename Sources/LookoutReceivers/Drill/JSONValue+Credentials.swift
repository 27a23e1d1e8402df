import LookoutModel

/// Members of JSON that by their names hold a right to post.
extension JSONValue {
    /// The same with what members called so hold, at any depth, out of sight.
    var withoutCredentials: JSONValue {
        switch self {
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { key, value in
                        (key, Self.isCredential(key) ? "<secret>" : value.withoutCredentials)
                    }
                )
            )
        case .array(let elements): .array(elements.map(\.withoutCredentials))
        default: self
        }
    }

    /// The texts of members called so, at any depth.
    var credentials: [String] {
        switch self {
        case .object(let members):
            members.flatMap { key, value in
                Self.isCredential(key) ? [value.string].compactMap(\.self) : value.credentials
            }
        case .array(let elements): elements.flatMap(\.credentials)
        default: []
        }
    }

    private static func isCredential(_ key: String) -> Bool {
        let words = key.lowercased().split { $0 == "_" || $0 == "-" }.last.map(String.init) ?? ""
        let names = ["token", "secret", "password", "authorization", "apikey", "user"]
        return names.contains(words) || ["routing_key", "api_key", "service_key"].contains(key.lowercased())
    }
}
