import LookoutModel

/// Asks a port, and waits no longer than it may take.
struct PortQuestion: Sendable {
    let timekeeper: any Timekeeper
    let limit: Duration

    /// The answer with the time at which it came, or why there is none.
    ///
    /// A port that does not answer in time is cancelled; one that minds no cancellation holds up its own question.
    ///
    /// - Parameters:
    ///   - subject: what is asked, for the message of a time-out: `github: the reviews`.
    ///   - answer: asks.
    /// - Returns: The answer, or the time-out as a failure.
    func ask<Value: Sendable>(
        _ subject: String,
        _ answer: @escaping @Sendable () async throws(ProviderFailure) -> Value
    ) async -> Known<Value> {
        let late = ProviderFailure.unreachable("\(subject): no answer within \(limit.plainText); try again")
        return await withTaskGroup(of: Known<Value>?.self) { [timekeeper, limit] group in
            group.addTask {
                do throws(ProviderFailure) {
                    let value = try await answer()
                    return .known(value, at: timekeeper.now.wall)
                } catch {
                    return .unknown(error)
                }
            }
            group.addTask {
                // Cancelled once the answer is there.
                do { try await timekeeper.sleep(for: limit) } catch { return nil }
                return .unknown(late)
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? .unknown(late)
        }
    }
}
