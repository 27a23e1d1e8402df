package import LookoutSettings

/// A fault of a part or of a provider: `production.backend=503`, `netlify=401`.
package enum ScenarioFault: SettingsValue, Hashable {
    case part(DemoFault)
    case provider(ProviderFault)

    package static var shape: Shape { .string(pattern: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        do {
            if text.prefix(while: { $0 != "=" }).contains(".") {
                self = .part(try DemoFault(parsing: text))
            } else {
                self = .provider(try ProviderFault(parsing: text))
            }
        } catch {
            context.error("\(error)", at: node)
            return nil
        }
    }
}

/// What is mended: `all`, `production`, `production.backend`, `netlify`.
package enum ScenarioMend: SettingsValue, Hashable {
    case all
    case environment(String)
    case part(String, DemoPart)
    case provider(ProviderName)

    package static var shape: Shape { .string(pattern: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        let environments = DemoStack.environments
        let names = text.split(separator: ".", maxSplits: 1).map(String.init)
        if text == "all" {
            self = .all
        } else if let provider = ProviderName(rawValue: text) {
            self = .provider(provider)
        } else if environments.contains(text) {
            self = .environment(text)
        } else if names.count == 2, environments.contains(names[0]), let part = DemoPart(rawValue: names[1]) {
            self = .part(names[0], part)
        } else {
            let parts = environments.flatMap { name in DemoPart.allCases.map { "\(name).\($0.rawValue)" } }
            let known = ["all"] + environments + parts + ProviderName.allCases.map(\.rawValue)
            context.error(
                "there is no \"\(text.shortened)\" to mend",
                at: node,
                hint: Spelling.hint(for: text, among: known)
            )
            return nil
        }
    }
}

/// What is wrong with a commit: `frontend=staging-host`, `backend=build-failed`.
package struct ScenarioFlaw: SettingsValue, Hashable {
    package static var shape: Shape { .string(pattern: nil) }

    package let flaw: DemoFlaw

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = String(node, &context) else { return nil }
        do {
            flaw = try DemoFlaw(parsing: text)
        } catch {
            context.error("\(error)", at: node)
            return nil
        }
    }
}

/// The environments of the simulated stack.
package enum ScenarioEnvironment: String, CaseIterable, SettingsValue, Hashable {
    case production, staging
}

/// Lookout's own network.
package enum ScenarioNetwork: String, CaseIterable, SettingsValue, Hashable {
    case down, up
}

/// Which rollback is carried out.
package enum ScenarioRollback: String, CaseIterable, SettingsValue, Hashable {
    /// What Lookout suggests at that time, with all of its steps.
    case suggested
    /// The same, and what is to be switched back afterwards.
    case suggestedAndAfterwards = "suggested-and-afterwards"
}

extension DemoSide: SettingsValue {}
extension ProviderName: SettingsValue {}
