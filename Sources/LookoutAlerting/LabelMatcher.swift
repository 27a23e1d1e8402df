package import LookoutModel

/// One condition on a label, as Alertmanager writes it: `severity=~"1|2"`.
///
/// A label that is not there counts as empty, so `team!="web"` also matches where there is no team.
package struct LabelMatcher: Hashable, Sendable, CustomStringConvertible {
    /// What the label's value is held against.
    package enum Test: Hashable, Sendable {
        case equal(String)
        case notEqual(String)
        case matching(TextPattern)
        case notMatching(TextPattern)
    }

    package var label: String
    package var test: Test

    package init(_ label: String, _ test: Test) {
        self.label = label
        self.test = test
    }

    package func matches(_ labels: Labels) -> Bool {
        matches(value: labels[label] ?? "")
    }

    /// Whether what the label says is as it should be.
    func matches(value: String) -> Bool {
        switch test {
        case .equal(let text): value == text
        case .notEqual(let text): value != text
        case .matching(let pattern): pattern.matches(value)
        case .notMatching(let pattern): !pattern.matches(value)
        }
    }

    /// The matcher in its written form, which can be read back.
    package var description: String {
        switch test {
        case .equal(let text): "\(Self.name(label))=\(Self.quoted(text))"
        case .notEqual(let text): "\(Self.name(label))!=\(Self.quoted(text))"
        case .matching(let pattern): "\(Self.name(label))=~\(Self.quoted(pattern.source))"
        case .notMatching(let pattern): "\(Self.name(label))!~\(Self.quoted(pattern.source))"
        }
    }

    private static func name(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy(LabelMatcherParser.isPlain)
        return isPlain ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// A regular expression that a whole text must match, with what it means.
///
/// Alerts are matched without knowing how: who reads a pattern gives the meaning along, from an
/// engine whose time is linear in the text. Two patterns are equal if they are written alike.
package struct TextPattern: Hashable, Sendable {
    package let source: String
    private let predicate: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - source: the expression as it was written.
    ///   - predicate: whether a whole text matches it.
    package init(_ source: String, matches predicate: @escaping @Sendable (String) -> Bool) {
        self.source = source
        self.predicate = predicate
    }

    package func matches(_ text: String) -> Bool { predicate(text) }

    package static func == (left: TextPattern, right: TextPattern) -> Bool {
        left.source == right.source
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(source)
    }
}
