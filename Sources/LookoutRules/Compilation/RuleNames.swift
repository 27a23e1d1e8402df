import LookoutSettings

/// The names of all rules, by which rules depend on each other.
struct RuleNames {
    private let rules: [String: Readable<RuleDefinition>]

    /// Reports ids that more than one rule has; the first keeps it.
    init(_ definitions: [Readable<RuleDefinition>], _ diagnostics: inout Diagnostics) {
        var rules: [String: Readable<RuleDefinition>] = [:]
        for definition in definitions where definition.settings.identifier != .missing {
            if let first = rules[definition.settings.id] {
                diagnostics.error(
                    "there are two rules \"\(definition.settings.id)\"",
                    at: definition.position,
                    hint: "the first is at \(first.position)"
                )
            } else {
                rules[definition.settings.id] = definition
            }
        }
        self.rules = rules
    }

    /// Reports dependencies on rules that do not exist, or that come back to where they began.
    func checkParents(_ diagnostics: inout Diagnostics) {
        let names = Array(rules.keys)
        // Looking for the nearest of thousands of names, thousands of times, would take for ever.
        var hintsLeft = 100
        for (id, rule) in rules.sorted(by: { $0.value.position < $1.value.position }) {
            var seen: Set<String> = []
            for parent in rule.settings.parents {
                let name = parent.value.text
                if name == id {
                    diagnostics.error("rule \(id) depends on itself", at: parent.position)
                } else if rules[name] == nil {
                    hintsLeft -= 1
                    let nearest = hintsLeft < 0 ? nil : Spelling.nearest(to: name, among: names)
                    diagnostics.error(
                        "there is no rule \"\(name)\"",
                        at: parent.position,
                        hint: nearest.map { "did you mean \"\($0)\"?" }
                    )
                } else if !seen.insert(name).inserted {
                    diagnostics.error("\"\(name)\" is given twice", at: parent.position)
                }
            }
        }
        checkCycles(&diagnostics)
    }

    /// Reports each circle of rules that depend on each other, once.
    private func checkCycles(_ diagnostics: inout Diagnostics) {
        var waiting = rules.mapValues { rule in
            Set(rule.settings.parents.map(\.value.text)).filter { $0 != rule.settings.id && rules[$0] != nil }
        }
        var children: [String: [String]] = [:]
        for (id, parents) in waiting { for parent in parents { children[parent, default: []].append(id) } }
        // Rules whose parents are settled are settled; whatever is left leads into a circle.
        var settled = waiting.filter(\.value.isEmpty).map(\.key)
        while let id = settled.popLast() {
            waiting[id] = nil
            for child in children[id] ?? [] {
                waiting[child]?.remove(id)
                if waiting[child]?.isEmpty == true { settled.append(child) }
            }
        }
        var seen: Set<String> = []
        for start in waiting.keys.sorted() where !seen.contains(start) {
            if let circle = circle(from: start, waiting, &seen) { report(circle, &diagnostics) }
        }
    }

    /// Follows first parents until a rule comes up again; nil if that leads to what was seen before.
    private func circle(
        from start: String,
        _ waiting: [String: Set<String>],
        _ seen: inout Set<String>
    ) -> [String]? {
        var path: [String] = []
        var places: [String: Int] = [:]
        var id = start
        while seen.insert(id).inserted {
            places[id] = path.count
            path.append(id)
            guard let next = waiting[id]?.min() else { return nil }
            id = next
        }
        return places[id].map { Array(path[$0...]) }
    }

    private func report(_ circle: [String], _ diagnostics: inout Diagnostics) {
        guard let first = circle.min(), let place = circle.firstIndex(of: first), let rule = rules[first]
        else {
            return
        }
        let ordered = Array(circle[place...] + circle[..<place])
        let next = ordered.dropFirst().first ?? first
        diagnostics.error(
            "rules depend on each other in a circle: \((ordered + [first]).joined(separator: " → "))",
            at: rule.settings.parents.first { $0.value.text == next }?.position ?? rule.position,
            hint: "leave one of these out; none of their alerts could ever be told first"
        )
    }
}
