import CEL
import LookoutModel

/// The newest samples of an environment's checks, as `checks` shows them to rules: of all of its checks, and
/// of those that a rule about the environment matches.
struct CheckBoard: Sendable {
    /// Some of the checks.
    struct Section: Sendable {
        /// The elements of `checks`, of those that have had a sample.
        fileprivate(set) var elements: [Value]
        fileprivate(set) var missing: Int
        /// The place in `elements` by the check's place; nil for a check that is not in the section.
        fileprivate let places: [Int?]

        var isComplete: Bool { missing == 0 }
    }

    /// Shows copies of the board, which must not share the clock.
    private final class Token: Sendable {}

    private let vocabulary: RuleVocabulary
    private let checks: [Check]
    private var samples: [Sample?]
    private(set) var sections: [Section] = []
    private var clock = StandingClock()
    private var token = Token()

    init(_ checks: [Check], vocabulary: RuleVocabulary) {
        self.checks = checks
        self.vocabulary = vocabulary
        samples = Array(repeating: nil, count: checks.count)
    }

    /// Adds a section of the checks that belong to it; its number.
    mutating func addSection(where belongs: (Check) -> Bool) -> Int {
        var count = 0
        let places = checks.map { check -> Int? in
            guard belongs(check) else { return nil }
            defer { count += 1 }
            return count
        }
        if let known = sections.firstIndex(where: { $0.places == places }) { return known }
        sections.append(
            Section(elements: Array(repeating: .null, count: count), missing: count, places: places)
        )
        return sections.count - 1
    }

    /// Takes in a check's newest sample.
    mutating func show(_ sample: Sample, at place: Int) {
        guard !sections.isEmpty else { return }
        let isFirst = samples[place] == nil
        samples[place] = sample
        samples[place]?.observation = nil
        for section in sections.indices {
            guard let index = sections[section].places[place] else { continue }
            if isFirst { sections[section].missing -= 1 }
            sections[section].elements[index] = element(place, sample)
        }
    }

    /// Lets the elements know what time it is.
    mutating func set(_ now: Timestamp) {
        if !isKnownUniquelyReferenced(&token) {
            token = Token()
            clock = StandingClock()
            for (place, sample) in samples.enumerated() {
                guard let sample else { continue }
                for section in sections.indices {
                    guard let index = sections[section].places[place] else { continue }
                    sections[section].elements[index] = element(place, sample)
                }
            }
        }
        clock.set(now)
    }

    private func element(_ place: Int, _ sample: Sample) -> Value {
        var bare = sample
        bare.observation = nil
        return vocabulary.standing(SampleView(bare, of: checks[place], clock: clock))
    }
}
