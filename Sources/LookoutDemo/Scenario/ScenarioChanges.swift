package import LookoutSettings

/// A commit on the branch of an environment.
package struct ScenarioDeploy: Settings, Hashable {
    package static let fields: [Field<ScenarioDeploy>] = [
        Field("to", \.environment, "The environment whose branch gets it."),
        Field("parts", \.parts, "What it changes: frontend, backend; both if it is left out."),
        Field("message", \.message, "The message of the commit."),
        Field("files", \.files, "The files that it changes; one of each part if they are left out."),
        Field("version", \.version, "What the program says of itself; the next one if it is left out."),
        Field("breaks", \.flaws, "What is wrong with the program from now on; nothing if it is left out."),
    ]

    package var environment = ScenarioEnvironment.production
    package var parts: [DemoSide] = DemoSide.allCases
    package var message = "feat: a change"
    package var files: [String]?
    package var version: String?
    package var flaws: [ScenarioFlaw] = []

    package init() {}

    package var change: DemoChange {
        let standard = parts.map { $0 == .frontend ? "src/App.tsx" : "backend/app/main.py" }
        return DemoChange(
            message: message,
            files: files ?? standard,
            version: version,
            flaws: Set(flaws.map(\.flaw))
        )
    }
}

/// A merge of staging into main.
package struct ScenarioSync: Settings, Hashable {
    package static let fields: [Field<ScenarioSync>] = [
        Field("message", \.message, "What is synced, for the merge's message."),
        Field("backup", \.makesBackup, "Whether a backup branch is made before; true if it is left out."),
        Field("version", \.version, "What the program says of itself; staging's if it is left out."),
        Field(
            "breaks",
            \.flaws,
            "What is wrong with the program from now on, beside what is wrong on staging."
        ),
    ]

    package var message = "a change"
    package var makesBackup = true
    package var version: String?
    package var flaws: [ScenarioFlaw] = []

    package init() {}

    package var change: DemoChange {
        DemoChange(
            message: "feat: sync staging to production - \(message)",
            version: version,
            flaws: Set(flaws.map(\.flaw))
        )
    }
}

/// An urgent fix on a branch of its own, merged into main and staging.
package struct ScenarioHotfix: Settings, Hashable {
    package static let fields: [Field<ScenarioHotfix>] = [
        Field("name", \.name, "The end of the branch's name: hotfix/critical-<name>.", required: true),
        Field("message", \.message, "The message of the fix."),
        Field("files", \.files, "The files that it changes."),
        Field("breaks", \.flaws, "What is wrong with the program from now on; nothing if it is left out."),
    ]

    package var name = ""
    package var message = "fix: an urgent fix"
    package var files = ["src/App.tsx", "backend/app/main.py"]
    package var flaws: [ScenarioFlaw] = []

    package init() {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
        guard !isName else { return }
        context.error(
            "\"\(name.shortened)\" cannot end a branch's name",
            at: node["name"] ?? node,
            hint: "small letters, digits and -"
        )
    }

    package var change: DemoChange {
        DemoChange(message: message, files: files, flaws: Set(flaws.map(\.flaw)))
    }
}

/// A change of variables at Render or Netlify.
package struct ScenarioVariables: Settings, Hashable {
    package static let fields: [Field<ScenarioVariables>] = [
        Field("of", \.environment, "The environment."),
        Field("part", \.part, "frontend (Netlify) or backend (Render)."),
        Field("set", \.set, "Names and their new values."),
        Field("unset", \.unset, "Names that are removed."),
        Field("deploy", \.deploys, "Whether the service is deployed after it, as the dashboard does."),
    ]

    package var environment = ScenarioEnvironment.production
    package var part = DemoSide.backend
    package var set: [String: String] = [:]
    package var unset: [String] = []
    package var deploys = true

    package init() {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if set.isEmpty, unset.isEmpty {
            context.error("no variable is changed", at: node, hint: "give set, unset or both")
        }
        for name in unset where set[name] != nil {
            context.error("\"\(name.shortened)\" is both set and unset", at: node)
        }
    }
}

/// How much slower a part answers than it did at the beginning.
package struct ScenarioSlowness: Settings, Hashable {
    package static let fields: [Field<ScenarioSlowness>] = [
        Field("of", \.environment, "The environment."),
        Field("part", \.part, "frontend or backend."),
        Field("factor", \.factor, "What every latency is multiplied by; 1 for as it was.", required: true),
    ]

    package var environment = ScenarioEnvironment.production
    package var part = DemoSide.backend
    package var factor = 1.0

    package init() {}

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard !(0.1...100).contains(factor) else { return }
        context.error("\(factor) is not from 0.1 to 100", at: node["factor"] ?? node)
    }

    package var place: DemoPlace {
        switch part {
        case .frontend: .frontend(environment.rawValue)
        case .backend: .backend(environment.rawValue)
        }
    }
}
