import LookoutSettings

/// An entry whose type is said by one of its keys, such as `http` in a probe or `terminal` in a
/// receiver, with that type's settings below.
struct TypedEntry {
    /// The key that names the type, with the type's settings.
    let tag: SettingsNode.Entry?
    /// The keys that entries of all types share.
    private let common: [SettingsNode.Entry]
    private let position: SourcePosition

    /// Sorts the keys of an entry, reporting unknown ones, a missing type, and more than one type.
    ///
    /// - Parameters:
    ///   - node: the entry.
    ///   - kind: what a person calls it: "probe".
    ///   - commonKeys: keys that entries of all types share.
    ///   - types: the names of the types.
    ///   - context: takes the findings.
    init?(
        _ node: SettingsNode,
        kind: String,
        commonKeys: [String],
        types: [String],
        _ context: inout SettingsContext
    ) {
        guard let entries = node.entries(&context) else { return nil }
        common = entries.filter { commonKeys.contains($0.key) }
        position = node.position
        let tags = entries.filter { types.contains($0.key) }
        let unknown = entries.filter { !commonKeys.contains($0.key) && !types.contains($0.key) }
        for entry in unknown {
            context.diagnostics.error(
                "unknown key \"\(entry.key.shortened)\"",
                at: entry.position,
                hint: Spelling.hint(for: entry.key, among: commonKeys + types)
            )
        }
        for entry in tags.dropFirst() {
            context.diagnostics.error(
                "a \(kind) has one type; this one is of type \"\(tags[0].key)\" already",
                at: entry.position,
                hint: "make it a \(kind) of its own"
            )
        }
        if tags.isEmpty, unknown.isEmpty {
            context.error(
                "the \(kind) has no type",
                at: node,
                hint: "add one of these keys with its settings: \(types.sorted().joined(separator: ", "))"
            )
        }
        tag = tags.first
    }

    /// The entry with those of its common keys that a section of settings has.
    func node<Section: Settings>(for section: Section.Type) -> SettingsNode {
        let keys = Section.fields.map(\.key)
        return SettingsNode(.mapping(common.filter { keys.contains($0.key) }), at: position)
    }
}
