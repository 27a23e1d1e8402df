import LookoutModel

/// A check of a test and its samples, not yet written out.
struct RehearsedSeries: Sendable {
    /// Samples in a row.
    struct Run: Sendable {
        enum Content: Sendable {
            /// No run of the check at that time.
            case missing
            case sample(SampleTemplate)
            /// The first number, and by how much each further one differs.
            case numbers(Double, step: Double)
        }

        var content: Content
        var count: Int
    }

    let check: Check
    let runs: [Run]
    /// What numbers mean, and the sample that they are numbers of.
    let meaning: NumberMeaning
    let base: SampleTemplate

    /// When the last value is, from the test's start on; nil without values.
    var end: Duration? {
        let count = runs.reduce(0) { $0 + $1.count }
        return count > 0 ? check.interval * (count - 1) : nil
    }
}

/// Goes through the samples of a series in their order.
struct SeriesCursor: Sendable {
    let series: RehearsedSeries
    /// When the next value is due; nil after the last.
    private(set) var due: Duration?
    private var run = 0
    private var index = 0

    init(_ series: RehearsedSeries) {
        self.series = series
        due = series.runs.isEmpty ? nil : .zero
    }

    /// Takes the value that is due; nil where no run takes place.
    mutating func next() -> SampleTemplate? {
        guard let time = due else { return nil }
        let current = series.runs[run]
        defer {
            index += 1
            if index == current.count {
                run += 1
                index = 0
            }
            due = run < series.runs.count ? time + series.check.interval : nil
        }
        switch current.content {
        case .missing: return nil
        case .sample(let template): return template
        case .numbers(let start, let step):
            return series.meaning.template(start + step * Double(index), over: series.base)
        }
    }
}
