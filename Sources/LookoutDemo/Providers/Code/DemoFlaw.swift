/// The sides of an environment that are deployed apart.
package enum DemoSide: String, CaseIterable, Hashable, Sendable {
    case frontend, backend
}

/// How a deploy of a commit fails; the raw value is the word in scenarios.
package enum DeployFailure: String, CaseIterable, Hashable, Sendable {
    case build = "build-failed"
    /// Render's command before the switch, such as migrations.
    case preDeploy = "pre-deploy-failed"
    /// The new instance never gets healthy, so the old one stays.
    case update = "update-failed"
}

/// Something that is wrong with the program at a commit.
package enum DemoFlaw: Hashable, Sendable, CustomStringConvertible {
    /// Users meet it as soon as the commit is live.
    case fault(DemoPart, DemoFaultKind)
    /// The commit never gets live on this side.
    case deploy(DemoSide, DeployFailure)
    /// An error that the tracker collects once the commit is live, with its title.
    case error(DemoSide, title: String)
    /// It answers slower, by a factor.
    case slower(DemoSide, factor: Double)
    /// A share of the requests is answered with 500.
    case failing(DemoSide, share: Double)

    package var description: String {
        switch self {
        case .fault(let part, let kind): "\(part.rawValue)=\(kind.rawValue)"
        case .deploy(let side, let failure): "\(side.rawValue)=\(failure.rawValue)"
        case .error(let side, let title): "\(side.rawValue)=error:\(title)"
        case .slower(let side, let factor): "\(side.rawValue)=slower:\(factor)"
        case .failing(let side, let share): "\(side.rawValue)=failing:\(share)"
        }
    }

    /// Reads `frontend=staging-host`, `backend=build-failed`, `frontend=error:TypeError: Failed to fetch`,
    /// `backend=slower:1.5` and `backend=failing:0.1`; throws what is wrong with it.
    package init(parsing text: String) throws(DemoFaultError) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2, let part = DemoPart(rawValue: sides[0]) else {
            let parts = DemoPart.allCases.map(\.rawValue)
            guard sides.count == 2 else {
                throw DemoFaultError("\"\(text)\" is no flaw; write part=flaw, such as frontend=staging-host")
            }
            throw DemoFaultError.unknown("part", sides[0], known: parts)
        }
        let words = part.faults.filter { $0 != .down }.map(\.rawValue)
        if let kind = part.faults.first(where: { $0.rawValue == sides[1] }), kind != .down {
            self = .fault(part, kind)
        } else if let side = DemoSide(rawValue: sides[0]), let failure = DeployFailure(rawValue: sides[1]) {
            self = .deploy(side, failure)
        } else if let side = DemoSide(rawValue: sides[0]), let flaw = try Self.measured(sides[1], of: side) {
            self = flaw
        } else {
            let failures = DemoSide(rawValue: sides[0]) == nil ? [] : DeployFailure.allCases.map(\.rawValue)
            throw DemoFaultError.unknown("flaw of \(part.rawValue)", sides[1], known: words + failures)
        }
    }

    /// A flaw with something behind a colon; nil if it is none of these.
    private static func measured(_ text: String, of side: DemoSide) throws(DemoFaultError) -> DemoFlaw? {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "error": return .error(side, title: parts[1])
        case "slower": return .slower(side, factor: try number(parts[1], from: 0.1, to: 100))
        case "failing": return .failing(side, share: try number(parts[1], from: 0, to: 1))
        default: return nil
        }
    }

    private static func number(
        _ text: String,
        from low: Double,
        to high: Double
    ) throws(DemoFaultError) -> Double {
        guard let number = Double(text), number >= low, number <= high else {
            throw DemoFaultError("\"\(text)\" is not a number from \(low) to \(high)")
        }
        return number
    }
}

extension DemoRevision {
    /// What the latency of a side is multiplied by.
    package func slowness(of side: DemoSide) -> Double {
        flaws.reduce(1) { if case .slower(side, let factor) = $1 { $0 * factor } else { $0 } }
    }

    /// The share of the requests to a side that fail.
    package func failureShare(of side: DemoSide) -> Double {
        flaws.reduce(0) { if case .failing(side, let share) = $1 { max($0, share) } else { $0 } }
    }
}
