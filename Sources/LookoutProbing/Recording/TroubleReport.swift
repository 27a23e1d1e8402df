/// Decides when trouble is worth telling: when it begins, when it changes, when it is over.
struct TroubleReport: Hashable, Sendable {
    /// What to tell.
    enum News: Hashable, Sendable {
        case trouble(String)
        case over
    }

    private(set) var current: String?

    /// Takes note of how the last try went: nil is well.
    mutating func note(_ trouble: String?) -> News? {
        guard trouble != current else { return nil }
        current = trouble
        return trouble.map(News.trouble) ?? .over
    }
}
