import CEL
import LookoutModel

/// How a function of a window is called: what stands before the window, how long it may be, and whether the
/// number of samples that are needed may follow.
struct WindowCall: Sendable {
    /// How many samples the window needs.
    enum Minimum {
        /// One, and the call cannot say otherwise.
        case one
        /// Half of those that fit, unless the call says how many.
        case optional
        /// The function finds out by itself.
        case none
    }

    /// What a call says.
    struct Arguments {
        let leading: ArraySlice<Value>
        let window: SampleWindow
        /// How many samples are needed; nil for half of those that fit.
        let needed: Int?
    }

    /// The arguments before the window: each with its name and the types that it may have.
    private let leading: [(name: String, types: [ValueType])]
    private let longest: Duration
    private let minimum: Minimum

    init(
        leading: [(name: String, types: [ValueType])] = [],
        longest: Duration = SampleWindow.longestOfSamples,
        minimum: Minimum = .optional
    ) {
        self.leading = leading
        self.longest = longest
        self.minimum = minimum
    }

    /// The place of the window among the arguments.
    var windowPlace: Int { leading.count }

    private var isCounting: Bool { longest > SampleWindow.longestOfSamples }

    /// The parameters of all overloads.
    var overloads: [[ValueType]] {
        let windows: [ValueType] = [.string, .duration, .int]
        let counts: [[ValueType]] = minimum == .optional ? [[], [.int]] : [[]]
        var heads: [[ValueType]] = [[]]
        for argument in leading { heads = heads.flatMap { head in argument.types.map { head + [$0] } } }
        return heads.flatMap { head in
            windows.flatMap { window in counts.map { head + [window] + $0 } }
        }
    }

    func signature(of name: String) -> String {
        let required = (leading.map(\.name) + ["w"]).joined(separator: ", ")
        return "\(name)(\(required)\(minimum == .optional ? "[, n]" : ""))"
    }

    func read(_ arguments: [Value]) throws(EvaluationError) -> Arguments {
        let place = windowPlace
        var needed: Int? = minimum == .one ? 1 : nil
        if arguments.count > place + 1, case .int(let count) = arguments[place + 1] { needed = count }
        return Arguments(
            leading: arguments[..<place],
            window: try SampleWindow(arguments[place], longest: longest),
            needed: needed
        )
    }

    func demand(_ arguments: [Value?]) throws(EvaluationError) -> HistoryDemand {
        guard arguments.indices.contains(windowPlace), let argument = arguments[windowPlace] else {
            throw EvaluationError(
                .invalidArgument,
                "a window must be written out, such as \"5m\" or 10, not computed"
            )
        }
        let window = try SampleWindow(argument, longest: longest)
        var demand = HistoryDemand()
        if isCounting { demand.include(counted: window) } else { demand.include(window) }
        return demand
    }

    func view(_ arguments: [Value], _ history: SampleHistory) -> WindowView? {
        guard let window = try? read(arguments).window else { return nil }
        let found: Int
        do throws(TooFewSamples) {
            found = try history.total(in: window, atLeast: 1).samples
        } catch {
            found = error.found
        }
        return WindowView(count: found, newest: history.newest)
    }
}

extension RuleContext {
    /// How many samples a call's window has, and how many of them failed.
    func total(_ call: WindowCall.Arguments) throws(EvaluationError) -> OutcomeCounts.Total {
        try check(call.window, history.canCount(call.window))
        do throws(TooFewSamples) {
            return try history.total(in: call.window, atLeast: call.needed)
        } catch {
            throw error.noData(in: call.window)
        }
    }

    /// The samples of a call's window.
    func samples(_ call: WindowCall.Arguments) throws(EvaluationError) -> SampleSlice {
        try check(call.window, history.canShow(call.window))
        do throws(TooFewSamples) {
            return try history.samples(in: call.window, atLeast: call.needed)
        } catch {
            throw error.noData(in: call.window)
        }
    }

    /// Throws for a window that the history was not told to keep, so that one which escaped the compiler is
    /// seen and not cut in silence.
    func check(_ window: SampleWindow, _ isKept: Bool) throws(EvaluationError) {
        guard isKept else {
            throw EvaluationError(.host, "the window \(window) is not kept; write it out in the call")
        }
    }
}

extension TooFewSamples {
    func noData(in window: SampleWindow) -> EvaluationError {
        .noData("\(found) of \(needed) needed samples in \(window)")
    }
}
