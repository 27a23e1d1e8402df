extension SampleHistory {
    /// Whether the newest version in the window is an older one than the window has seen before.
    ///
    /// Older is what has the lower number, for versions that are numbers with dots; otherwise what
    /// was seen before, was replaced, and has come back.
    package func versionWentBack(_ window: SampleWindow) throws(TooFewSamples) -> Bool {
        let runs = try runs(of: \.versions, window)
        guard runs.count > 1, let newest = runs.last?.value else { return false }
        return runs.dropLast().contains { run in
            if let number = newest.number, let earlier = run.value.number { return number < earlier }
            return run.value == newest
        }
    }

    /// Whether the newest status in the window was seen in it before, with another between.
    package func statusWentBack(_ window: SampleWindow) throws(TooFewSamples) -> Bool {
        let runs = try runs(of: \.statuses, window)
        return runs.dropLast().contains { $0.value == runs.last?.value }
    }
}

/// A version as a service reports it; two are the same if their texts are.
package struct Version: Hashable, Sendable {
    package let text: String
    package let number: VersionNumber?

    package init(_ text: String) {
        self.text = text
        number = VersionNumber(text)
    }

    package static func == (left: Version, right: Version) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A version that is numbers with dots, such as `2.0.3` or `v2.0.4-rc.1+build`, in the order of
/// Semantic Versioning 2.0.0 §11, for any count of numbers.
package struct VersionNumber: Comparable, Sendable {
    private let numbers: [UInt64]
    /// The parts of the pre-release; nil for a release, which comes after all of its pre-releases.
    private let preRelease: [String]?

    /// Nil if the text is not a number with dots.
    package init?(_ text: String) {
        let bare = text.prefix { $0 != "+" }
        let pieces = bare.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        var core = pieces.first ?? ""
        if core.hasPrefix("v") || core.hasPrefix("V") { core = core.dropFirst() }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Self.number($0) }
        // A single run of digits may as well be a commit or a build date: no order is assumed.
        guard parts.count > 1, numbers.count == parts.count else { return nil }
        self.numbers = numbers
        preRelease = pieces.count > 1 ? pieces[1].split(separator: ".").map(String.init) : nil
    }

    package static func < (left: VersionNumber, right: VersionNumber) -> Bool {
        let length = max(left.numbers.count, right.numbers.count)
        for index in 0..<length {
            let (first, second) = (left.number(at: index), right.number(at: index))
            if first != second { return first < second }
        }
        switch (left.preRelease, right.preRelease) {
        case (nil, _): return false
        case (_?, nil): return true
        case (let first?, let second?): return precedes(first, second)
        }
    }

    package static func == (left: VersionNumber, right: VersionNumber) -> Bool {
        !(left < right) && !(right < left)
    }

    private func number(at index: Int) -> UInt64 {
        numbers.indices.contains(index) ? numbers[index] : 0
    }

    private static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (first, second) in zip(left, right) where first != second {
            switch (number(first[...]), number(second[...])) {
            case (let first?, let second?): return first < second
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return first.utf8.lexicographicallyPrecedes(second.utf8)
            }
        }
        return left.count < right.count
    }

    private static func number(_ text: Substring) -> UInt64? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return UInt64(text)
    }
}
