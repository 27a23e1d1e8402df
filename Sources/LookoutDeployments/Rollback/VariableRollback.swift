import LookoutModel

/// The option that puts variables back to what they were when all was well, and has them take effect.
struct VariableRollback {
    let facts: RollbackFacts
    let host: RollbackFacts.Host
    let part: EnvironmentPart

    /// How the variables of a person's shell begin that hold an old value: `RESTORE_APP_URL`.
    static let restoredPrefix = "RESTORE_"

    /// Nil if nothing is known to have changed.
    var option: RollbackPlan.Option? {
        guard let changes = host.changes.value, !changes.isEmpty else { return nil }
        let names = (changes.changed + changes.removed + changes.added).map(Self.shown)
        var cautions = [
            "each variable is set by itself: the request that replaces all of them would delete the others"
        ]
        if !unset(changes).isEmpty {
            cautions.append(
                "Lookout keeps no values: the old ones stand in the team's own documentation; characters that JSON "
                    + "escapes (\" and \\) are escaped in them"
            )
        }
        return RollbackPlan.Option(
            .variables,
            title: "restore the \(part.rawValue)'s variables \(names.joined(separator: ", "))",
            target: "the variables of the last good snapshot",
            proof: [
                "the keyed digests of the snapshot with which all was well differ in exactly these names"
            ],
            steps: steps(changes) + [deploy],
            undoes: names.map { "the change of \($0)" },
            leaves: ["the code, and the migrations"],
            cautions: cautions
        )
    }

    /// The variables of a person's shell that must hold an old value: `RESTORE_APP_URL`.
    private func unset(_ changes: VariableChanges) -> [String] {
        (changes.changed + changes.removed).filter { host.values[$0] == nil }
    }

    private func steps(_ changes: VariableChanges) -> [RollbackPlan.Step] {
        let restored = changes.changed + changes.removed
        return restored.map {
            host.provider == "render" ? renderStep($0) : netlifyStep($0, isNew: changes.removed.contains($0))
        }
            + changes.added.map(removal)
    }

    private func renderStep(_ name: String) -> RollbackPlan.Step {
        let (body, variables) = value(of: name) { ["value": $0] }
        return RollbackPlan.Step(
            "set \(Self.shown(name)) as it was",
            command: ProviderCommand(host).request(
                "PUT",
                ["services", host.id, "env-vars", name],
                body: body,
                variables: variables,
                hidesAnswer: true
            )
        )
    }

    private func netlifyStep(_ name: String, isNew: Bool) -> RollbackPlan.Step {
        guard let account, !isNew else {
            return RollbackPlan.Step(
                "set \(Self.shown(name)) as it was, for production (dashboard: Project configuration, "
                    + "Environment variables)"
            )
        }
        let (body, variables) = value(of: name) { ["context": "production", "value": $0] }
        return RollbackPlan.Step(
            "set \(Self.shown(name)) as it was, for production",
            command: ProviderCommand(host).request(
                "PATCH",
                ["accounts", account, "env", name],
                query: [("site_id", host.id)],
                body: body,
                variables: variables,
                hidesAnswer: true
            )
        )
    }

    private func removal(_ name: String) -> RollbackPlan.Step {
        let text =
            "remove \(Self.shown(name)), which was not there before, unless the code that stays needs it"
        guard host.provider == "render" else {
            return RollbackPlan.Step(text + " (dashboard: Environment variables)")
        }
        return RollbackPlan.Step(
            text,
            command: ProviderCommand(host).request("DELETE", ["services", host.id, "env-vars", name])
        )
    }

    /// The step without which nothing changes: a variable counts from the next deploy on.
    private var deploy: RollbackPlan.Step {
        host.provider == "render"
            ? RollbackPlan.Step(
                "deploy, or the variables have no effect",
                command: ProviderCommand(host).request(
                    "POST",
                    ["services", host.id, "deploys"],
                    body: ProviderCommand.json(["deployMode": "deploy_only"])
                )
            )
            : RollbackPlan.Step(
                "build again: the frontend's variables are part of the build",
                command: ProviderCommand(host).request("POST", ["sites", host.id, "builds"])
            )
    }

    private var account: String? { host.service.value.flatMap { $0.owner.isEmpty ? nil : $0.owner } }

    /// The request's body with the configured value, or with a variable of the person's shell in its place.
    private func value(
        of name: String,
        _ body: (JSONValue) -> JSONValue
    ) -> (body: String, variables: [String]) {
        if let value = host.values[name] { return (ProviderCommand.json(body(.string(value))), []) }
        let variable = Self.restoredPrefix + String(decoding: name.utf8.map(Self.nameByte), as: UTF8.self)
        let marker = "RESTORED-VALUE"
        let text = ProviderCommand.json(body(.string(marker)))
        return (text.replacing(marker, with: "$\(variable)"), [variable])
    }

    private static func nameByte(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            byte
        default: UInt8(ascii: "_")
        }
    }

    private static func shown(_ name: String) -> String { PlainText.line(name, atMost: 80) }
}
