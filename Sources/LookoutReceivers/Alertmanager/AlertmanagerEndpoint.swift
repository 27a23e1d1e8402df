import LookoutAlerting
import LookoutHTTP
import LookoutModel

/// One Alertmanager, and how alerts are posted to it.
struct AlertmanagerEndpoint: Sendable {
    /// Where it is, without a path.
    let address: String
    let bearerToken: Secret?
    let basicAuthentication: BasicAuthentication?
    let tls: TLSOptions

    private static let path = "/api/v2/alerts"
    /// The most bytes in one request, unless one alert alone has more.
    private static let batchBytes = 512 << 10
    private static let batchCount = 256

    /// What came of a round.
    struct Outcome: Sendable {
        /// Why not all could be posted; nil if they were.
        var failure: SendVerdict?
        /// Alerts that Alertmanager does not take, with its reasons.
        var refused: [(assertion: AlertmanagerAssertion, reason: String)] = []
    }

    /// Posts all of them in batches, and one by one where it refuses a batch: it has taken the good ones of
    /// it, but does not say which are not.
    func post(_ assertions: [AlertmanagerAssertion], _ tools: ReceiverTools) async -> Outcome {
        var outcome = Outcome()
        for batch in Self.batches(of: assertions, externalURL: tools.externalURL) {
            switch await post(batch, tools) {
            case .accepted: continue
            case .rejected(let reason) where batch.count == 1:
                outcome.refused += batch.map { ($0.assertion, reason) }
            case .rejected:
                guard let failure = await postEach(batch, tools, &outcome) else { continue }
                outcome.failure = failure
                return outcome
            case let failure:
                outcome.failure = failure
                return outcome
            }
        }
        return outcome
    }

    /// An alert with its JSON.
    private struct Item {
        let assertion: AlertmanagerAssertion
        let text: String
    }

    /// Posts each by itself; the verdict on the first that could not be posted at all.
    private func postEach(
        _ batch: ArraySlice<Item>,
        _ tools: ReceiverTools,
        _ outcome: inout Outcome
    ) async -> SendVerdict? {
        for index in batch.indices {
            switch await post(batch[index...index], tools) {
            case .accepted: continue
            case .rejected(let reason): outcome.refused.append((batch[index].assertion, reason))
            case let failure: return failure
            }
        }
        return nil
    }

    private func post(_ batch: ArraySlice<Item>, _ tools: ReceiverTools) async -> SendVerdict {
        let body = "[\(batch.map(\.text).joined(separator: ","))]"
        var post = ProviderPost(Array(body.utf8), to: Secret(address + Self.path), reading: Self.table)
        post.bearerToken = bearerToken
        post.basicAuthentication = basicAuthentication
        post.tls = tls
        return await post.send(tools)
    }

    private static func batches(
        of assertions: [AlertmanagerAssertion],
        externalURL: String
    ) -> [ArraySlice<Item>] {
        let items = assertions.map { Item(assertion: $0, text: $0.json(externalURL: externalURL).jsonText) }
        var batches: [ArraySlice<Item>] = []
        var start = 0
        var bytes = 0
        for (index, item) in items.enumerated() {
            if index > start, index - start == batchCount || bytes + item.text.utf8.count > batchBytes {
                batches.append(items[start..<index])
                (start, bytes) = (index, 0)
            }
            bytes += item.text.utf8.count + 1
        }
        return start < items.count ? batches + [items[start...]] : batches
    }

    /// 200 without a body; a refusal is a text of JSON.
    private static let table = AnswerTable(
        provider: "Alertmanager",
        fault: { answer in
            let text = if case .string(let text)? = answer.json { text } else { answer.text }
            return text.isEmpty ? nil : AnswerTable.Fault(word: text)
        },
        otherFault: .broken
    )
}
