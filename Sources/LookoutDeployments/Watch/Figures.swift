/// Numbers as people read them.
package enum Figures {
    /// With so many digits after the point; `∞` for what has no end, `–` for what is no number.
    package static func text(_ number: Double, digits: Int) -> String {
        guard number.isFinite else { return number.isNaN ? "–" : number < 0 ? "-∞" : "∞" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (abs(number) * scale).rounded()
        guard scaled < 1e15 else { return number.description }
        let whole = Int64(scaled)
        let fraction = String(whole % Int64(scale))
        let sign = number < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(whole / Int64(scale)).\(zeros)\(fraction)"
    }

    package static func percent(_ ratio: Double) -> String { "\(text(ratio * 100, digits: 1)) %" }

    package static func seconds(_ seconds: Double) -> String { "\(text(seconds, digits: 2)) s" }

    /// `35 s`, `12 min`, `1 h 5 min`.
    package static func duration(_ duration: Duration) -> String {
        let seconds = max(0, Int64(duration.inWholeSeconds))
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min"
        default:
            return seconds / 60 % 60 == 0
                ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }
}

extension Duration {
    fileprivate var inWholeSeconds: Int64 { components.seconds }
}
