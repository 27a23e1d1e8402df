import LookoutAlerting
import LookoutModel

extension AnswerTable {
    /// What an answer says about a message that was posted.
    ///
    /// Now is for waits that are given as dates; the mask keeps out of the reason what the answer repeats of
    /// our secrets.
    func verdict(
        on answer: ProviderAnswer,
        at now: Timestamp,
        masking mask: SecretMask = SecretMask([])
    ) -> SendVerdict {
        if isSuccess(answer), let acceptance = acceptance(answer) {
            return .accepted(reference: acceptance.reference)
        }
        let fault = fault(answer)
        let words = words(on: answer, fault, mask)
        switch meaning(of: answer, fault) {
        case .retry:
            return .retry(after: waits.lazy.compactMap { $0.wait(answer, at: now) }.first, reason: words)
        case .rejected:
            return .rejected(reason: "\(words); this message is not taken")
        case .broken where (300...399).contains(answer.status):
            return .broken(reason: "\(words), a redirect, which is not followed; configure the final address")
        case .broken:
            return .broken(reason: "\(words); check its address and credentials")
        }
    }

    private func isSuccess(_ answer: ProviderAnswer) -> Bool {
        (200...299).contains(answer.status)
    }

    private func meaning(of answer: ProviderAnswer, _ fault: Fault?) -> Meaning {
        if let fault, let meaning = faults[fault.word] { return meaning }
        if let meaning = statuses[answer.status] { return meaning }
        guard isSuccess(answer) else { return HTTPVerdict.meaning(ofStatus: answer.status) }
        // Something answers there that is not the provider: a proxy, a page to sign in, a wrong address.
        return fault == nil ? .broken : otherFault
    }

    private func words(on answer: ProviderAnswer, _ fault: Fault?, _ mask: SecretMask) -> String {
        let status = "\(provider) answered with status \(answer.status)"
        guard let fault else { return isSuccess(answer) ? "\(status), but not as \(provider) does" : status }
        let words = [fault.word, fault.explanation ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        // Secrets go before the words are cut, lest half of one stays.
        return "\(status): \(AlertWords.clean(mask.masked(words), 300))"
    }
}
