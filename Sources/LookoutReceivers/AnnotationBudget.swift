import LookoutAlerting
import LookoutModel

/// Texts by name that together take no more than some bytes as JSON.
struct AnnotationBudget {
    private(set) var texts: [String: String] = [:]
    private var room: Int

    init(bytes: Int) {
        room = bytes
    }

    /// Adds as much of a text as fits, and no more than `limit` bytes of JSON; an empty text, or one of
    /// which nothing fits, is left out.
    mutating func add(_ name: String, _ text: String?, limit: Int) {
        // The quotes are counted with the texts; these are the colon and the comma.
        let overhead = Self.size(name) + 2
        let allowed = min(limit, room - overhead)
        guard let text, !text.isEmpty, allowed > 0 else { return }
        var bytes = min(allowed, text.utf8.count)
        var shortened = text.shortened(toBytes: bytes)
        // Escapes make it longer; each round takes away what was too much, so there are few.
        while !shortened.isEmpty, Self.size(shortened) > allowed {
            bytes = min(bytes - 1, bytes * allowed / Self.size(shortened))
            shortened = text.shortened(toBytes: bytes)
        }
        guard !shortened.isEmpty else { return }
        texts[name] = shortened
        room -= overhead + Self.size(shortened)
    }

    private static func size(_ text: String) -> Int {
        JSONValue.string(text).jsonText.utf8.count
    }
}
