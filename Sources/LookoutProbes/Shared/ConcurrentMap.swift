extension Sequence where Self: Sendable, Element: Sendable {
    /// Transforms all elements, at most `limit` at a time; results are in the elements' order.
    func concurrentMap<Result: Sendable>(
        limit: Int,
        _ transform: @escaping @Sendable (Element) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            var results: [Int: Result] = [:]
            var count = 0
            for element in self {
                if count >= limit, let (index, result) = await group.next() { results[index] = result }
                let index = count
                group.addTask { (index, await transform(element)) }
                count += 1
            }
            for await (index, result) in group { results[index] = result }
            return (0..<count).compactMap { results[$0] }
        }
    }
}
