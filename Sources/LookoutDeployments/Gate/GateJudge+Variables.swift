import LookoutModel

/// The variables of the environments against their policy.
extension GateJudge {
    func variables(
        _ criterion: GateCriterion,
        _ environment: DeploymentSettings.Environment?,
        _ surroundings: GateFacts.Surroundings?
    ) -> GateReport.Finding {
        var draft = draft(criterion)
        guard let environment, let surroundings else {
            draft.doubt("no staging environment is configured", remedy: "describe it as deployments.staging")
            return draft.finding
        }
        let wanted: [(EnvironmentPart, [String: String?])] = [
            (.backend, environment.variables), (.frontend, environment.frontendVariables),
        ]
        if wanted.allSatisfy(\.1.isEmpty) {
            draft.doubt(
                "the configuration names no variables of \(environment.name)",
                remedy: "list them with their values as `variables` of deployments.\(environment.name)"
            )
        }
        for (part, expected) in wanted where !expected.isEmpty {
            guard let found = known(source(of: part, in: surroundings), &draft) else { continue }
            judge(VariableAudit(of: found, against: expected), part, environment, &draft)
        }
        return draft.finding
    }

    private func judge(
        _ audit: VariableAudit,
        _ part: EnvironmentPart,
        _ environment: DeploymentSettings.Environment,
        _ draft: inout FindingDraft
    ) {
        let place = "the \(part.rawValue) of \(environment.name)"
        for name in audit.missing { draft.object("\(name) is missing at \(place)") }
        for name in audit.wrong { draft.object("\(name) has another value than it must have at \(place)") }
        for name in audit.empty { draft.object("\(name) is empty at \(place)") }
        for name in audit.unreadable {
            draft.doubt("\(name) is there at \(place), and its value cannot be read back")
        }
        if !audit.confirmed.isEmpty {
            draft.note("\(place): \(audit.confirmed.joined(separator: ", "))")
        }
        let lines = audit.linesToPaste
        guard !lines.isEmpty else { return }
        draft.advise(["set at \(place), then deploy it so that they take effect:"] + lines)
    }

    /// The variables of a part: of the provider, else of the file that the configuration names.
    private func source(
        of part: EnvironmentPart,
        in surroundings: GateFacts.Surroundings
    ) -> Known<[ProviderVariable]> {
        if part == .backend, let file = surroundings.variableFile {
            // A provider that can be asked knows better than a file that somebody wrote.
            guard case .known? = surroundings.sides[.backend]?.variables else { return file }
        }
        return surroundings.sides[part]?.variables
            ?? .unknown(
                .notConfigured(
                    "nobody can be asked for the variables of the \(part.rawValue): name its provider with a token,"
                        + " or a variable_file"
                )
            )
    }

    /// The rules between the environments.
    var variableParity: GateReport.Finding {
        guard let staging = settings.staging, let stagingFacts = facts.staging else {
            var draft = draft(.variableParity)
            draft.doubt("no staging environment is configured", remedy: "describe it as deployments.staging")
            return draft.finding
        }
        var draft = draft(.variableParity)
        guard let left = known(source(of: .backend, in: stagingFacts), &draft),
            let right = known(source(of: .backend, in: facts.production), &draft)
        else { return draft.finding }
        let parity = VariableParity(
            settings.parity,
            first: (staging.name, left),
            second: (settings.production.name, right)
        )
        for text in parity.objections { draft.object(text) }
        for text in parity.doubts { draft.doubt(text) }
        if parity.objections.isEmpty, parity.doubts.isEmpty {
            draft.note(
                "\(left.count) variables at \(staging.name), \(right.count) at \(settings.production.name)"
            )
        }
        return draft.finding
    }

    /// The variable of CORS as a set, whatever its order.
    func origins(
        _ criterion: GateCriterion,
        _ environment: DeploymentSettings.Environment?,
        _ surroundings: GateFacts.Surroundings?
    ) -> GateReport.Finding {
        guard let environment, let surroundings else {
            var draft = draft(criterion)
            draft.doubt("no staging environment is configured", remedy: "describe it as deployments.staging")
            return draft.finding
        }
        guard !environment.origins.isEmpty else {
            return skipped(criterion, "the configuration names no cors_origins for \(environment.name)")
        }
        var draft = draft(criterion)
        guard let found = known(source(of: .backend, in: surroundings), &draft) else { return draft.finding }
        let name = environment.originsVariable
        let line = "\(name)=\(environment.origins.joined(separator: ","))"
        guard let variable = found.last(where: { $0.name == name }) else {
            draft.object("\(name) is missing at \(environment.name)", remedy: line)
            return draft.finding
        }
        guard let value = variable.value?.reveal() else {
            draft.doubt("\(name) is there, and its value cannot be read back")
            return draft.finding
        }
        let difference = OriginSet(value).difference(to: OriginSet(environment.origins))
        for text in difference { draft.object("\(name): \(text)", remedy: line) }
        if difference.isEmpty { draft.note("\(name) has \(environment.origins.joined(separator: ", "))") }
        return draft.finding
    }
}
