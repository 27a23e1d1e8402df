extension RuleVocabulary {
    /// The names that only rules of the other scope have, in the words of an error's hint; nil for others.
    package func hint(forUndeclared name: String, in scope: RuleScopeKind) -> String? {
        guard scope == .environment else { return nil }
        if HistoryFunctions.all.contains(where: { $0.reference.name == name }) {
            return
                "\(name) looks back on one check; a rule about an environment sees the newest samples: checks"
        }
        switch name {
        case "sample", "previous":
            return "a rule about an environment has no sample; use checks, such as checks.all(c, c.failed)"
        case "probe", "check", "labels":
            return "a rule about an environment has no \(name) of its own; use checks"
        default: return nil
        }
    }

    /// All variables in words, those of probe types included.
    package var reference: [VariableReference] {
        let both = RuleScopeKind.allCases
        return [
            VariableReference(
                name: "sample",
                type: "sample",
                summary: "The sample that is judged.",
                fields: sampleType.reference,
                scopes: [.check]
            ),
            VariableReference(
                name: "previous",
                type: "previous",
                summary: "The conclusive sample before it: what is stored of it. No data for the first one.",
                fields: previousType.reference,
                scopes: [.check]
            ),
            VariableReference(
                name: "probe",
                type: "probe",
                summary: "The probe whose sample it is.",
                fields: Self.probe.reference,
                scopes: [.check]
            ),
            VariableReference(
                name: "check",
                type: "string",
                summary: "The check's name, such as `production/frontend`.",
                fields: [],
                scopes: [.check]
            ),
            VariableReference(
                name: "labels",
                type: "map(string, string)",
                summary: "The labels of the environment and of the probe.",
                fields: [],
                scopes: [.check]
            ),
            VariableReference(
                name: "environment",
                type: "environment",
                summary: "The environment that the rule is judged in.",
                fields: Self.environmentType.reference,
                scopes: both
            ),
            VariableReference(
                name: "deployment",
                type: "deployment",
                summary: "The environment's newest deployment; without one its fields are absent.",
                fields: DeploymentView.reference,
                scopes: both
            ),
            VariableReference(
                name: "checks",
                type: "list(standing)",
                summary:
                    "The newest conclusive sample of each check: in a rule about an environment of those "
                    + "that its `match` names, otherwise of all of the environment.",
                fields: standingType.reference,
                scopes: both
            ),
            VariableReference(
                name: "now",
                type: "timestamp",
                summary: "When the sample came in.",
                fields: [],
                scopes: both
            ),
        ]
    }

    /// What the parts of `sample` are made of, by the name to read them by, such as `sample.timings`.
    package var partReference: [(name: String, fields: [FieldReference])] {
        [
            ("sample.timings", SampleFields.timings.reference),
            ("sample.certificate", SampleFields.certificate.reference),
        ]
            + types.map { ("sample.\($0.name)", SampleFields.factsRecord(of: $0).reference) }
    }
}
