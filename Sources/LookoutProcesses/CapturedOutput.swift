/// What a program has said so far, as far as its plan keeps it.
struct CapturedOutput {
    private let capture: ProgramPlan.Capture
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    /// Whether it wrote more than may be kept of a whole answer.
    private(set) var isExceeded = false

    init(_ capture: ProgramPlan.Capture) {
        self.capture = capture
    }

    mutating func append(_ words: ChildProcess.Words) {
        switch capture {
        case .lastWords(let limit):
            Self.append(words.output, to: &output, keeping: limit)
        case .whole(let outputLimit, let errorLimit):
            isExceeded = isExceeded || output.count + words.output.count > outputLimit
            output += words.output.prefix(outputLimit - output.count)
            Self.append(words.errors, to: &errors, keeping: errorLimit)
        }
    }

    private static func append(_ more: [UInt8], to bytes: inout [UInt8], keeping limit: Int) {
        guard !more.isEmpty else { return }
        bytes = Array((bytes + more).suffix(limit))
    }
}
