package import LookoutDeployments
package import LookoutHTTP
package import LookoutModel
import Synchronization

/// The way to one provider's API in one person's name: what all clients share.
///
/// Reads are tried again where that may help, changes never. The token goes to the configured server alone, and
/// over https alone but for this machine. Whatever comes back is bounded, and every failure is words for people.
package final class ProviderTransport: Sendable {
    package let account: ProviderAccount
    let address: ProviderAddress
    let policy: ReadPolicy
    let http: any HTTPTransport
    let timekeeper: any Timekeeper
    let gate = RateGate()
    private let randomness: Mutex<any RandomNumberGenerator & Sendable>

    /// How deep an answer may be nested.
    static let maximumDepth = 64

    /// Throws `notConfigured` for an address over which a token may not be sent.
    package init(
        _ account: ProviderAccount,
        over http: any HTTPTransport,
        by timekeeper: any Timekeeper,
        policy: ReadPolicy = ReadPolicy(),
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) throws(ProviderFailure) {
        self.account = account
        address = try ProviderAddress(account.base, of: account.name)
        self.http = http
        self.timekeeper = timekeeper
        self.policy = policy
        self.randomness = Mutex(randomness)
    }

    /// When it is.
    package var now: Moment { timekeeper.now }

    /// Asks for something; tried again as the policy has it.
    package func read(_ request: ProviderRequest) async throws(ProviderFailure) -> ProviderAnswer {
        try await read(request, at: try address.url(of: request))
    }

    /// Asks for a list, page for page, until there are `limit` elements or no more.
    ///
    /// Throws `unexpected` for a list that does not end. `field` is the one of an answer that holds the list, nil
    /// where the answer is the list.
    package func elements(
        _ request: ProviderRequest,
        _ paging: Paging,
        in field: String? = nil,
        atMost limit: Int = .max
    ) async throws(ProviderFailure) -> [JSONValue] {
        var walk = PageWalk(
            request,
            paging,
            in: field,
            atMost: limit,
            maximumPages: policy.maximumPages,
            below: address,
            source: source(of: request)
        )
        var step = try walk.first()
        while case .ask(let url) = step {
            step = try walk.next(after: try await read(request, at: url))
        }
        return walk.elements
    }

    /// The same, each element an object.
    package func objects(
        _ request: ProviderRequest,
        _ paging: Paging,
        in field: String? = nil,
        atMost limit: Int = .max
    ) async throws(ProviderFailure) -> [AnswerObject] {
        let elements = try await elements(request, paging, in: field, atMost: limit)
        return try AnswerObject.list(elements, of: source(of: request))
    }

    /// Asks for a change, once; throws `readOnly` where Lookout does not change anything.
    package func change(_ request: ProviderRequest) async throws(ProviderFailure) -> ProviderAnswer {
        guard !account.isReadOnly else {
            throw .readOnly("\(source(of: request)): Lookout is set to read only and does not send it")
        }
        let url = try address.url(of: request)
        do throws(AttemptFailure) {
            return try await attempt(request, at: url)
        } catch {
            guard case .unreachable(let text) = error.failure else { throw error.failure }
            throw .unreachable("\(text); whether it was carried out is not known")
        }
    }

    private func read(
        _ request: ProviderRequest,
        at url: String
    ) async throws(ProviderFailure) -> ProviderAnswer {
        var attempts = ReadAttempts(policy, from: now.monotonic)
        while true {
            let failed: AttemptFailure
            do throws(AttemptFailure) {
                return try await attempt(request, at: url)
            } catch {
                failed = error
            }
            let step = randomness.withLock { attempts.step(after: failed, at: now.monotonic, using: &$0) }
            switch step {
            case .giveUp(let failure):
                throw failure
            case .again(let wait):
                guard (try? await timekeeper.sleep(for: wait)) != nil else { throw failed.failure }
            }
        }
    }
}
