import LookoutRules
import LookoutSettings

/// The samples of a test that have a name, each with what it takes over from others.
struct SampleCatalogue {
    private var samples: [String: SampleSettings] = [:]
    private var diagnostics = Diagnostics()

    /// Reads the samples; names that are none, circles and unknown facts are reported.
    init(_ settings: [String: Readable<SampleSettings>], facts: FactCheck) {
        for (name, sample) in settings.sorted(by: { $0.key < $1.key }) {
            if !ValueNotation.isName(name) {
                diagnostics.error(
                    "\"\(name.shortened)\" cannot be a sample's name",
                    at: sample.position,
                    hint: "a-z, 0-9, \"-\" and \"_\", a letter first, and no word that values have already"
                )
            }
            if let given = sample.settings.facts { facts.check(given, &diagnostics) }
            if let count = sample.settings.count {
                diagnostics.error("repeat belongs into a list of values", at: count.position)
            }
        }
        for (name, sample) in settings.sorted(by: { $0.key < $1.key }) where sample.isSound {
            var resolved = sample.settings
            var path = [name]
            while let like = resolved.like {
                guard let base = settings[like.text], !path.contains(like.text) else {
                    report(like, settings[like.text] == nil ? Array(settings.keys) : nil, path)
                    break
                }
                path.append(like.text)
                let next = base.settings.like
                resolved = resolved.over(base.settings)
                resolved.like = next
            }
            resolved.like = nil
            samples[name] = resolved
        }
    }

    var names: Set<String> { Set(samples.keys) }

    subscript(name: String) -> SampleSettings { samples[name] ?? SampleSettings() }

    /// A sample with what it takes over; nil after reporting that there is nothing of that name.
    func resolved(_ settings: SampleSettings, _ diagnostics: inout Diagnostics) -> SampleSettings? {
        guard let like = settings.like else { return settings }
        guard let base = samples[like.text] else {
            diagnostics.error(
                "there is no sample \"\(like.text.shortened)\"",
                at: like.position,
                hint: Spelling.hint(for: like.text, among: Array(samples.keys))
            )
            return nil
        }
        return settings.over(base)
    }

    /// Hands over what was found wrong.
    mutating func takeDiagnostics() -> Diagnostics {
        defer { diagnostics = Diagnostics() }
        return diagnostics
    }

    private mutating func report(_ like: PlainText, _ known: [String]?, _ path: [String]) {
        if let known {
            diagnostics.error(
                "there is no sample \"\(like.text.shortened)\"",
                at: like.position,
                hint: Spelling.hint(for: like.text, among: known)
            )
        } else {
            diagnostics.error(
                "the sample is like itself: \((path + [like.text]).joined(separator: ", "))",
                at: like.position
            )
        }
    }
}
