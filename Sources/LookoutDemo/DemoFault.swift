import LookoutSettings

/// One way in which the simulated stack can be broken: `production.backend=emergency-mode`.
package struct DemoFault: Hashable, Sendable, CustomStringConvertible {
    package let environment: String
    package let part: DemoPart
    package let kind: DemoFaultKind

    package init(environment: String, part: DemoPart, kind: DemoFaultKind) {
        self.environment = environment
        self.part = part
        self.kind = kind
    }

    package var description: String { "\(environment).\(part.rawValue)=\(kind.rawValue)" }

    /// Reads `environment.part=fault`; throws what is wrong with it, with the nearest right word.
    package init(parsing text: String) throws(DemoFaultError) {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        let names = sides.first?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
        guard sides.count == 2, names.count == 2 else {
            throw DemoFaultError(
                "\"\(text)\" is not a fault; write environment.part=fault, such as production.backend=503"
            )
        }
        guard DemoStack.environments.contains(names[0]) else {
            throw DemoFaultError.unknown("environment", names[0], known: DemoStack.environments)
        }
        guard let part = DemoPart(rawValue: names[1]) else {
            throw DemoFaultError.unknown("part", names[1], known: DemoPart.allCases.map(\.rawValue))
        }
        guard let kind = part.faults.first(where: { $0.rawValue == sides[1] }) else {
            throw DemoFaultError.unknown(
                "fault of \(part.rawValue)",
                sides[1],
                known: part.faults.map(\.rawValue)
            )
        }
        self.init(environment: names[0], part: part, kind: kind)
    }
}

/// The parts of the stack that can be broken on their own.
package enum DemoPart: String, CaseIterable, Hashable, Sendable {
    case backend
    case cors
    case websocket
    case frontend

    /// The faults that this part can have.
    package var faults: [DemoFaultKind] {
        switch self {
        case .backend:
            [
                .down, .unavailable, .hanging, .slow, .databaseUnhealthy, .redisUnhealthy, .openAIUnhealthy,
                .ttsUnhealthy, .servicesMissing, .emergencyMode, .demoMode, .oldVersion,
            ]
        case .cors: [.originMissing, .wildcardWithCredentials]
        case .websocket: [.refused, .closedAfterAccept, .silent]
        case .frontend: [.down, .slow, .brokenAsset, .emergencyMode, .demoMode, .oldVersion, .stagingHost]
        }
    }
}

/// What can be wrong with a part; the raw value is the word on the command line.
package enum DemoFaultKind: String, CaseIterable, Hashable, Sendable {
    case down
    case unavailable = "503"
    case hanging
    case slow
    case databaseUnhealthy = "database-unhealthy"
    case redisUnhealthy = "redis-unhealthy"
    case openAIUnhealthy = "openai-unhealthy"
    case ttsUnhealthy = "tts-unhealthy"
    case servicesMissing = "missing-services"
    case emergencyMode = "emergency-mode"
    case demoMode = "demo-mode"
    case oldVersion = "old-version"
    case originMissing = "origin-missing"
    case wildcardWithCredentials = "wildcard-with-credentials"
    case refused
    case closedAfterAccept = "closed-4001"
    case silent
    case brokenAsset = "broken-asset"
    case stagingHost = "staging-host"
}

/// Why a fault's text could not be read.
package struct DemoFaultError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    static func unknown(_ what: String, _ word: String, known: [String]) -> DemoFaultError {
        let nearest = Spelling.nearest(to: word, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        return DemoFaultError(
            "unknown \(what) \"\(word)\"\(nearest) (known: \(known.joined(separator: ", ")))"
        )
    }
}
