package import LookoutModel

extension Sample {
    /// The sample in one line for people, such as `failed after 10.0 s: no answer within 10 s`.
    package var words: String {
        let time = timings.total > .zero ? Self.words(timings.total) : nil
        let tries = attempts > 1 ? " (\(attempts) attempts)" : ""
        switch outcome {
        case .ok:
            let status = statusCode.map { ", status \($0)" } ?? ""
            return "ok" + (time.map { " in \($0)" } ?? "") + status + tries
        case .failed(let failure):
            return "failed" + (time.map { " after \($0)" } ?? "") + ": \(failure.message)" + tries
        case .error(let reason): return "could not be asked: \(reason)"
        case .inconclusive(let reason): return "says nothing: \(reason)"
        }
    }

    /// Milliseconds below a second, else seconds with a tenth.
    private static func words(_ duration: Duration) -> String {
        let milliseconds = (duration.microseconds + 500) / 1000
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let tenths = (milliseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
