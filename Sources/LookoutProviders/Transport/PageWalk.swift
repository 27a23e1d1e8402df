import LookoutDeployments
import LookoutModel

/// How a provider cuts a long list into pages.
package enum Paging: Hashable, Sendable {
    /// `page=2&per_page=100`, until a page has fewer elements and no link to a next one (Netlify).
    case numbers(size: Int)
    /// `Link: <…>; rel="next"` (GitHub, Sentry).
    case links
    /// The `cursor` of the last element, with `limit=100`, until a page has fewer elements (Render).
    case cursors(size: Int)
}

/// Decides what is asked next on the way through a list, and when enough has been seen.
///
/// A list that names a page twice, or leads to another server, or does not end, is no list.
struct PageWalk {
    enum Step: Equatable {
        case ask(url: String)
        case end
    }

    let request: ProviderRequest
    let paging: Paging
    /// The field of an answer that holds the list; nil where the answer is the list.
    let field: String?
    /// How many elements are wanted.
    let limit: Int
    let maximumPages: Int
    let address: ProviderAddress
    /// For messages.
    let source: String
    private(set) var elements: [JSONValue] = []
    private var asked: Set<String> = []

    init(
        _ request: ProviderRequest,
        _ paging: Paging,
        in field: String?,
        atMost limit: Int,
        maximumPages: Int,
        below address: ProviderAddress,
        source: String
    ) {
        self.request = request
        self.paging = paging
        self.field = field
        self.limit = limit
        self.maximumPages = maximumPages
        self.address = address
        self.source = source
    }

    mutating func first() throws(ProviderFailure) -> Step {
        guard limit > 0 else { return .end }
        return switch paging {
        case .numbers: try ask(page(number: 1))
        case .cursors: try ask(page(after: nil))
        case .links: try ask(try address.url(of: request))
        }
    }

    /// Takes in a page; what comes after it.
    mutating func next(after answer: ProviderAnswer) throws(ProviderFailure) -> Step {
        let page = try answer.elements(in: field)
        elements += page
        guard elements.count < limit else {
            elements.removeLast(elements.count - limit)
            return .end
        }
        switch paging {
        case .numbers(let size):
            // A provider may give less on a page than it is asked for; then its links tell of more.
            let isLast = page.count < size && LinkHeader.next(in: answer.headers) == nil
            return isLast || page.isEmpty ? .end : try ask(self.page(number: asked.count + 1))
        case .cursors(let size):
            guard page.count >= size else { return .end }
            guard let cursor = page.last?["cursor"]?.string, !cursor.isEmpty else {
                throw .unexpected("\(source): a full page has no cursor to go on with")
            }
            return try ask(self.page(after: cursor))
        case .links:
            guard let target = LinkHeader.next(in: answer.headers) else { return .end }
            guard let url = address.resolved(target) else {
                throw .unexpected("\(source): the link to the next page leads to another server")
            }
            return try ask(url)
        }
    }

    private mutating func ask(_ url: String) throws(ProviderFailure) -> Step {
        guard asked.insert(url).inserted else {
            throw .unexpected("\(source): the list leads back to a page that was read already")
        }
        guard asked.count <= maximumPages else {
            throw .unexpected("\(source): the list does not end after \(maximumPages) pages")
        }
        return .ask(url: url)
    }

    private func page(number: Int) throws(ProviderFailure) -> String {
        guard case .numbers(let size) = paging else { return try address.url(of: request) }
        var page = request
        page.query += [.init("page", String(number)), .init("per_page", String(size))]
        return try address.url(of: page)
    }

    private func page(after cursor: String?) throws(ProviderFailure) -> String {
        guard case .cursors(let size) = paging else { return try address.url(of: request) }
        var page = request
        if let cursor { page.query.append(.init("cursor", cursor)) }
        page.query.append(.init("limit", String(size)))
        return try address.url(of: page)
    }
}
