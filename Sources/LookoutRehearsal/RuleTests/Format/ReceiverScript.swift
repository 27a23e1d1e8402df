import LookoutAlerting
import LookoutModel
import LookoutSettings

/// What a receiver answers, attempt by attempt; once all is said, it takes everything.
struct ReceiverScript: SettingsValue, Hashable {
    static var shape: Shape { .list(.string(pattern: nil)) }
    /// The most answers that one entry stands for.
    static let maximumCount = 1_000_000

    /// Some equal answers.
    struct Step: Hashable, Sendable {
        var answer: ReceiverAnswer
        /// Nil for all answers from here on.
        var count: Int?
    }

    var steps: [Step]

    init(_ steps: [Step] = []) {
        self.steps = steps
    }

    init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        var nodes = [node]
        if case .sequence(let elements) = node.content { nodes = elements }
        let read = nodes.map { Self.step($0, &context) }
        guard !read.contains(where: { $0 == nil }) else { return nil }
        steps = read.compactMap(\.self)
    }

    private static func step(_ node: SettingsNode, _ context: inout SettingsContext) -> Step? {
        guard let text = PlainText(node, &context)?.text else { return nil }
        guard let step = Step(text) else {
            context.error(
                "\"\(text.shortened)\" is not an answer of a receiver",
                at: node,
                hint:
                    "a status, hang or refused; then x3 or x*, retry_after=30, after=2s: \"429 x3 retry_after=30\""
            )
            return nil
        }
        return step
    }

    /// Takes the next answer; nil when nothing more is scripted.
    mutating func next() -> ReceiverAnswer? {
        guard let step = steps.first else { return nil }
        if let count = step.count {
            if count > 1 { steps[0].count = count - 1 } else { steps.removeFirst() }
        }
        return step.answer
    }
}

/// One answer of a scripted receiver.
struct ReceiverAnswer: Hashable, Sendable {
    /// How it comes out.
    enum Kind: Hashable, Sendable {
        case status(Int)
        /// No answer at all, until the sender gives up.
        case hang
        /// Nobody listens.
        case refused
    }

    var kind: Kind
    /// The `Retry-After` that goes along.
    var retryAfter: Duration?
    /// How long the answer takes.
    var delay = Duration.zero

    static let taken = ReceiverAnswer(kind: .status(200))

    /// The verdict that the built-in HTTP receivers reach on such an answer.
    var verdict: SendVerdict {
        switch kind {
        case .hang: .retry(after: nil, reason: "no answer")
        case .refused: .retry(after: nil, reason: "connection refused")
        case .status(200...299): .delivered
        case .status(let status) where status >= 500 || [408, 409, 423, 424, 425, 429].contains(status):
            .retry(after: retryAfter, reason: "status \(status)")
        case .status(let status) where [400, 413, 422].contains(status):
            .rejected(reason: "status \(status)")
        case .status(let status): .broken(reason: "status \(status)")
        }
    }
}

extension ReceiverAnswer: CustomStringConvertible {
    var description: String {
        var words: [String]
        switch kind {
        case .status(let status): words = ["\(status)"]
        case .hang: words = ["hang"]
        case .refused: words = ["refused"]
        }
        if let retryAfter { words.append("retry_after=\(retryAfter.components.seconds)") }
        if delay > .zero { words.append("after=\(delay.durationText)") }
        return words.joined(separator: " ")
    }
}

extension ReceiverScript.Step {
    /// Parses `500x3`, `500 x3`, `500 x*`, `429 retry_after=30`, `200 after=2s`, `hang`, `refused`.
    fileprivate init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)
        guard !words.isEmpty else { return nil }
        let head = words.removeFirst()
        let parts = head.split(separator: "x", maxSplits: 1).map(String.init)
        switch parts.first ?? "" {
        case "hang": answer = ReceiverAnswer(kind: .hang)
        case "refused": answer = ReceiverAnswer(kind: .refused)
        case let number:
            guard number.utf8.count == 3, let status = Int(number), (100...599).contains(status) else {
                return nil
            }
            answer = ReceiverAnswer(kind: .status(status))
        }
        count = 1
        if parts.count > 1 || head.hasSuffix("x") { words.insert("x\(parts.dropFirst().first ?? "")", at: 0) }
        for word in words {
            guard take(word) else { return nil }
        }
    }

    private mutating func take(_ word: String) -> Bool {
        if word == "x*" {
            count = nil
        } else if word.hasPrefix("x") {
            guard let number = Int(word.dropFirst()), (1...ReceiverScript.maximumCount).contains(number)
            else {
                return false
            }
            count = number
        } else if word.hasPrefix("retry_after=") {
            let text = String(word.dropFirst("retry_after=".count))
            guard let wait = Int(text).map({ Duration.seconds($0) }) ?? Duration(durationText: text),
                wait >= .zero, wait <= .seconds(365 * 86_400)
            else { return false }
            answer.retryAfter = wait
        } else if word.hasPrefix("after=") {
            guard let delay = Duration(durationText: String(word.dropFirst("after=".count))) else {
                return false
            }
            answer.delay = delay
        } else {
            return false
        }
        return true
    }
}
