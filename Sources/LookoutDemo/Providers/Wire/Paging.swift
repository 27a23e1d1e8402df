import LookoutModel

extension DemoReply {
    /// One page of a list by `page` and `per_page`, with the links to the others (RFC 8288).
    static func page(
        _ documents: [JSONValue],
        of call: ProviderCall,
        standardSize: Int,
        wrapping: (JSONValue) -> JSONValue = { $0 }
    ) -> DemoReply {
        let size = call.number("per_page", default: standardSize, in: 1...100)
        let page = call.number("page", default: 1, in: 1...1_000_000)
        let last = max(1, (documents.count + size - 1) / size)
        let shown = documents.dropFirst((page - 1) * size).prefix(size)
        var reply = json(200, wrapping(.array(Array(shown))))
        var links: [String] = []
        func link(_ number: Int, _ relation: String) {
            var items = call.query.filter { $0.name != "page" }
            items.append(("page", String(number)))
            let query = items.map { "\(PercentCoding.encoded($0.name))=\(PercentCoding.encoded($0.value))" }
            links.append("<\(call.origin)\(call.path)?\(query.joined(separator: "&"))>; rel=\"\(relation)\"")
        }
        if page < last { link(page + 1, "next") }
        if page < last { link(last, "last") }
        if page > 1 { link(1, "first") }
        if page > 1 { link(page - 1, "prev") }
        if !links.isEmpty { reply.headers.append(("link", links.joined(separator: ", "))) }
        return reply
    }

    /// One page of a list whose elements carry a cursor each, as at Render: after `cursor`, at most `limit`.
    static func cursorPage(
        _ documents: [(cursor: String, document: JSONValue)],
        of call: ProviderCall,
        key: String
    ) -> DemoReply {
        let limit = call.number("limit", default: 20, in: 1...100)
        var rest = documents[...]
        if let cursor = call.item("cursor") {
            guard let index = documents.firstIndex(where: { $0.cursor == cursor }) else {
                return json(200, [])
            }
            rest = documents[(index + 1)...]
        }
        return json(
            200,
            .array(rest.prefix(limit).map { [key: $0.document, "cursor": .string($0.cursor)] })
        )
    }
}
