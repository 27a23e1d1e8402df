import CEL
import LookoutModel
import LookoutSettings

extension SampleWindow {
    /// The window that an argument names: `"5m"`, `duration("5m")` or a number of samples.
    ///
    /// Throws for what is none, and for a time longer than `longest`.
    init(_ value: Value, longest: Duration = longestOfSamples) throws(EvaluationError) {
        switch value {
        case .int(let count):
            guard (1...SampleHistory.capacity).contains(count) else {
                throw EvaluationError(
                    .invalidArgument,
                    "a window holds 1 to \(SampleHistory.capacity) samples, not \(count)"
                )
            }
            self = .samples(count)
        case .duration(let span): try self.init(span.duration, longest: longest)
        case .string(let text):
            guard let length = Self.simpleLength(text) ?? Duration(durationText: text) else {
                throw EvaluationError(
                    .invalidArgument,
                    "\"\(text)\" is no window; write a length such as \"5m\" or a number of samples"
                )
            }
            try self.init(length, longest: longest)
        default:
            throw EvaluationError(.invalidArgument, "a window is a length of time or a number of samples")
        }
    }

    private init(_ length: Duration, longest: Duration) throws(EvaluationError) {
        guard length > .zero, length <= longest else {
            throw EvaluationError(
                .invalidArgument,
                "a window is longer than nothing and at most \(longest.durationText)"
            )
        }
        self = .time(length)
    }

    /// The length of the form that almost all windows have: one whole number and one unit.
    ///
    /// Windows are read at every evaluation, so this goes without allocation.
    private static func simpleLength(_ text: String) -> Duration? {
        let bytes = text.utf8
        guard (2...6).contains(bytes.count), let unit = bytes.last else { return nil }
        var number: Int64 = 0
        for byte in bytes.dropLast() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        switch unit {
        case UInt8(ascii: "s"): return .seconds(number)
        case UInt8(ascii: "m"): return .seconds(number * 60)
        case UInt8(ascii: "h"): return .seconds(number * 3600)
        case UInt8(ascii: "d"): return .seconds(number * 86_400)
        default: return nil
        }
    }
}
