import Glibc

/// A rule of the house that every source file keeps.
struct Gate {
    /// A place where a file breaks a rule.
    struct Violation: Hashable, CustomStringConvertible {
        let path: String
        let line: Int
        let message: String

        var description: String { "Sources/\(path):\(line): \(message)" }
    }

    let name: String
    let violations: @Sendable (SwiftSource) -> [Violation]

    init(_ name: String, violations: @escaping @Sendable (SwiftSource) -> [Violation]) {
        self.name = name
        self.violations = violations
    }

    /// Forbids words, except in files whose paths begin with one of the given.
    init(_ name: String, forbids words: [String], exceptIn allowed: [String]) {
        self.init(name) { source in
            guard !allowed.contains(where: source.path.hasPrefix) else { return [] }
            return source.lines.flatMap { line in
                words.filter { line.code.containsWord($0) }.map { word in
                    Violation(path: source.path, line: line.number, message: "`\(word)`: \(name)")
                }
            }
        }
    }
}

extension String {
    /// Whether a text occurs that is not merely part of a longer identifier.
    fileprivate func containsWord(_ word: String) -> Bool {
        // Most lines have none of the words, which C sees a hundred times faster.
        guard strstr(self, word) != nil else { return false }
        return ranges(of: word).contains { range in
            guard range.lowerBound > startIndex, let first = word.first, first.isLetter else { return true }
            let before = self[index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && before != "_" && before != "."
        }
    }
}
