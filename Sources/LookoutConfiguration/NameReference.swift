import LookoutSettings

/// What may be named: the receivers or the time intervals of the file.
struct NameReference {
    /// What bears the names: "receiver".
    let kind: String
    let names: [String]

    /// The names that are known; the others are reported.
    func resolve(_ names: [Located<String>], _ context: inout SettingsContext) -> [String] {
        names.filter { isKnown($0, &context) }.map(\.value)
    }

    private func isKnown(_ name: Located<String>, _ context: inout SettingsContext) -> Bool {
        if names.contains(name.value) { return true }
        context.diagnostics.error(
            "there is no \(kind) \"\(name.value.shortened)\"",
            at: name.position,
            hint: names.isEmpty ? "none is defined" : Spelling.hint(for: name.value, among: names)
        )
        return false
    }
}
