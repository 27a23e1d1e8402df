import LookoutModel
import LookoutSettings

/// What the numbers of a series are.
enum NumberMeaning: Hashable, Sendable {
    /// The run's duration in seconds.
    case duration
    /// Whether the target can be reached: 1 and 0, as Prometheus' `up`.
    case up
    /// The HTTP status: from 400 on the run has failed.
    case status
    /// A number in the body's JSON.
    case json([String])
    /// A fact of the probe's type.
    case fact(String)

    /// The words for it in `numbers`, and as the name of a series.
    init?(_ text: String) {
        switch text {
        case "sample", "duration": self = .duration
        case "up": self = .up
        case "status": self = .status
        default:
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count > 1, parts.count <= 20, !parts.contains("") else { return nil }
            switch parts[0] {
            case "json": self = .json(Array(parts.dropFirst()))
            case "facts" where parts.count == 2: self = .fact(parts[1])
            default: return nil
            }
        }
    }

    static let hint = "duration, up, status, json.PATH or facts.NAME"

    /// The sample that a number stands for.
    func template(_ number: Double, over base: SampleTemplate) -> SampleTemplate {
        var template = base
        switch self {
        case .duration: template.timings.total = .microseconds(Int64((number * 1_000_000).rounded()))
        case .up:
            if number == 0 { return .silent(.failed(Failure(.connect, "failed in this test: connect"))) }
        case .status:
            template.statusCode = Int(number)
            if number >= 400 {
                template.outcome = .failed(Failure(.status, "the status is \(Int(number))"))
            }
        case .json(let path):
            let json = template.observation.json ?? .object([:])
            template.adopt(json: json.setting(path[...], to: JSONValue(number)))
        case .fact(let name): template.observation.facts[name] = JSONValue(number)
        }
        return template
    }

    /// Why a series of numbers cannot be meant so; nil if it can.
    func fault(of run: ValueRun) -> String? {
        guard case .number(let start, let step) = run.value else { return nil }
        let end = start + step * Double(run.count - 1)
        switch self {
        case .duration:
            if min(start, end) < 0 {
                return "a duration cannot be negative, and this comes to \(min(start, end)) s"
            }
            return max(start, end) > 100 * 365 * 86_400 ? "a duration is at most 100 years" : nil
        case .up:
            let isSwitch = [0, 1].contains(start) && [0, 1].contains(end) && (step == 0 || run.count <= 2)
            return isSwitch ? nil : "up is 1 or 0"
        case .status:
            let isWhole = start == start.rounded() && step == step.rounded()
            let isStatus = (100.0...999.0).contains(start) && (100.0...999.0).contains(end)
            return isWhole && isStatus ? nil : "a status is a whole number from 100 to 999"
        case .json, .fact: return end.isFinite ? nil : "the numbers become infinite"
        }
    }
}

extension JSONValue {
    /// A whole number as an int, another as a double.
    fileprivate init(_ number: Double) {
        self = Int64(exactly: number).map { .int($0) } ?? .double(number)
    }

    /// The same with a value at a path, whose objects are made where they are missing.
    fileprivate func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
        guard let key = path.first else { return value }
        var members: [String: JSONValue] = [:]
        if case .object(let present) = self { members = present }
        members[key] = (members[key] ?? .object([:])).setting(path.dropFirst(), to: value)
        return .object(members)
    }
}
