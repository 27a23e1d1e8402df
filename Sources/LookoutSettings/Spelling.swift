/// "Did you mean": the candidate nearest to a misspelt word.
package enum Spelling {
    /// The nearest candidate within a third of the word's length, rounded up; nil if none is near.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = (word.count + 2) / 3
        var best: (distance: Int, candidate: String)?
        for candidate in candidates.sorted() where abs(candidate.count - word.count) <= limit {
            let distance = distance(
                Array(word.lowercased().unicodeScalars),
                Array(candidate.lowercased().unicodeScalars)
            )
            if distance <= limit, distance < (best?.distance ?? .max) {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// A hint for an unknown word: the nearest candidate, or all of them if none is near.
    package static func hint(for word: String, among candidates: [String]) -> String? {
        if let nearest = nearest(to: word, among: candidates) { return "did you mean \"\(nearest)\"?" }
        guard !candidates.isEmpty else { return nil }
        return "known here: \(candidates.sorted().joined(separator: ", "))"
    }

    /// Edits (insert, delete, replace, swap of neighbours) from one word to the other: the optimal
    /// string alignment distance.
    static func distance(_ source: [Unicode.Scalar], _ target: [Unicode.Scalar]) -> Int {
        if source.isEmpty || target.isEmpty { return max(source.count, target.count) }
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for row in 1...source.count {
            var current = [row]
            for column in 1...target.count {
                let replacing = last[column - 1] + (source[row - 1] == target[column - 1] ? 0 : 1)
                var best = min(replacing, last[column] + 1, current[column - 1] + 1)
                let isSwap =
                    row > 1 && column > 1 && source[row - 1] == target[column - 2]
                    && source[row - 2] == target[column - 1]
                if isSwap { best = min(best, beforeLast[column - 2] + 1) }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count]
    }
}
