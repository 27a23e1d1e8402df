import LookoutRules
import LookoutSettings

/// The names of all causes and facts: each once, but for a cause that says that it replaces another.
struct CauseNames {
    private var originals: [String: SourcePosition] = [:]
    private var replacements: [String: SourcePosition] = [:]

    /// The names of the facts of all files; one that is given twice is reported.
    func facts(_ files: [KnowledgeFileSettings], _ diagnostics: inout Diagnostics) -> [String] {
        var places: [String: SourcePosition] = [:]
        for fact in files.flatMap(\.facts) where fact.isSound {
            let name = fact.settings.name
            if let first = places[name] {
                diagnostics.error(
                    "the fact \"\(name.shortened)\" is already there: \(first)",
                    at: fact.position
                )
            } else {
                places[name] = fact.position
            }
        }
        return places.keys.sorted()
    }

    mutating func add(_ cause: Readable<CauseSettings>, _ diagnostics: inout Diagnostics) {
        let name = cause.settings.identifier
        guard !name.isEmpty else { return }
        let isReplacement = cause.settings.replaces
        if let first = isReplacement ? replacements[name] : originals[name] {
            diagnostics.error(
                "the cause \"\(name.shortened)\" is already \(isReplacement ? "replaced" : "there"): \(first)",
                at: cause.position,
                hint: isReplacement
                    ? "a cause is replaced once" : "write replaces: true to take the place of the other one"
            )
        } else if isReplacement {
            replacements[name] = cause.position
        } else {
            originals[name] = cause.position
        }
    }

    /// Reports what replaces nothing.
    func check(_ diagnostics: inout Diagnostics) {
        for (name, position) in replacements.sorted(by: { $0.key < $1.key }) where originals[name] == nil {
            diagnostics.error(
                "there is no cause \"\(name.shortened)\" to replace",
                at: position,
                hint: Spelling.hint(for: name, among: originals.keys.sorted())
            )
        }
    }

    /// Whether nothing takes its place.
    func counts(_ cause: Readable<CauseSettings>) -> Bool {
        cause.settings.replaces || replacements[cause.settings.identifier] == nil
    }
}
