/// The exact distribution of the Mann–Whitney statistic U when nothing has changed and there are no ties.
struct RankSumDistribution {
    /// The counts are whole numbers up to C(50, 25) = 1.3e14, exact in a double.
    static let mostSamples = 50

    /// In how many of the arrangements U is 0, 1, … n·m.
    private let arrangements: [Double]

    /// Counts them by the Gaussian binomial coefficient Π (1−q^(m+i))/(1−q^i), i = 1…n.
    init(_ first: Int, _ second: Int) {
        var counts = [1.0]
        for index in stride(from: 1, through: first, by: 1) {
            var grown = counts + Array(repeating: 0, count: second + index)
            for (position, count) in counts.enumerated() { grown[position + second + index] -= count }
            for position in grown.indices.dropFirst(index) { grown[position] += grown[position - index] }
            counts = Array(grown.prefix(counts.count + second))
        }
        arrangements = counts
    }

    /// The greatest k with P(U ≤ k−1) ≤ `probability`.
    func greatestRank(withTailUpTo probability: Double) -> Int {
        let limit = probability * arrangements.reduce(0, +)
        var (rank, tail) = (0, 0.0)
        for count in arrangements {
            tail += count
            if tail > limit { break }
            rank += 1
        }
        return rank
    }
}
