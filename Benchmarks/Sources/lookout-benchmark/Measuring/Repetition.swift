/// The cost of a short piece of work, found by repeating it.
enum Repetition {
    /// The median over rounds of the CPU seconds that one repetition takes on this thread.
    ///
    /// A round lasts about 50 ms. `body` gets the number of the repetition, counted over all rounds.
    static func seconds(rounds: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        var number = 0
        func measure(_ count: Int) throws -> Double {
            let start = CPUTime.ofThisThread
            for _ in 0..<count {
                try body(number)
                number += 1
            }
            return CPUTime.ofThisThread - start
        }
        var count = 1
        var time = try measure(count)
        while time < 0.02 {
            count *= time < 0.002 ? 8 : 2
            time = try measure(count)
        }
        let perRound = max(1, Int(0.05 / time * Double(count)))
        return try (0..<rounds).map { _ in try measure(perRound) / Double(perRound) }.median
    }
}
