import LookoutModel

/// What one WebSocket connection came to.
enum WebSocketVerdict: Hashable, Sendable {
    case fine
    /// Class, words, and a code from the closed sets of refusals and violations or `close_<code>`.
    case failed(FailureClass, String, code: String)

    var outcome: Outcome {
        switch self {
        case .fine: .ok
        case .failed(let kind, let message, _): .failed(Failure(kind, message))
        }
    }

    /// The code, or `ok`.
    var code: String {
        if case .failed(_, _, let code) = self { code } else { "ok" }
    }
}
