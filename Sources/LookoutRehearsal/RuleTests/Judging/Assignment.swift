/// Finds for each of some expectations one of some things that came, as many as there can be.
///
/// Augmenting paths, so that a broad expectation never takes the only thing that fits a narrow one.
struct Assignment {
    /// Expectations that nothing is left for.
    private(set) var missing: [Int] = []
    /// Things that nobody expected.
    private(set) var unexpected: [Int] = []

    /// - Parameters:
    ///   - expected: how many expectations there are.
    ///   - got: how many things came.
    ///   - fits: whether an expectation is met by a thing.
    init(expected: Int, got: Int, fits: (Int, Int) -> Bool) {
        let candidates = (0..<expected).map { index in (0..<got).filter { fits(index, $0) } }
        var owner = [Int?](repeating: nil, count: got)
        for index in 0..<expected {
            var visited = [Bool](repeating: false, count: got)
            if !Self.place(index, candidates, &owner, &visited) { missing.append(index) }
        }
        unexpected = owner.indices.filter { owner[$0] == nil }
    }

    /// Places an expectation, and moves others out of its way where that helps; without recursion, whose
    /// depth would be up to the test file.
    private static func place(
        _ index: Int,
        _ candidates: [[Int]],
        _ owner: inout [Int?],
        _ visited: inout [Bool]
    ) -> Bool {
        var path: [(expectation: Int, next: Int)] = [(index, 0)]
        var taken: [Int] = []
        while let (expectation, next) = path.last {
            guard next < candidates[expectation].count else {
                path.removeLast()
                if !taken.isEmpty { taken.removeLast() }
                continue
            }
            path[path.count - 1].next += 1
            let thing = candidates[expectation][next]
            guard !visited[thing] else { continue }
            visited[thing] = true
            taken.append(thing)
            guard let other = owner[thing] else {
                for (step, thing) in zip(path, taken) { owner[thing] = step.expectation }
                return true
            }
            path.append((other, 0))
        }
        return false
    }
}
