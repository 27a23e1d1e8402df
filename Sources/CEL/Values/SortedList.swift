/// Sorting by keys of one ordered kind.
enum SortedList {
    /// The elements in the order of their keys; equal ones keep theirs.
    static func sort(
        _ elements: [Value],
        by keys: [Value],
        _ evaluation: inout Evaluation
    ) throws(EvaluationError) -> [Value] {
        // A comparison for each level of a merge sort.
        let levels = Int.bitWidth - elements.count.leadingZeroBitCount
        var bytes = 0
        for key in keys {
            if case .string(let text) = key { bytes += text.utf8.count }
            if case .bytes(let content) = key { bytes += content.count }
            guard key.typeValue == keys[0].typeValue, Ordering.compare(key, key) != nil else {
                throw EvaluationError(.noSuchOverload, "list elements must have the same, ordered type")
            }
        }
        try evaluation.charge(levels * (elements.count + bytes >> 4))
        let order = keys.indices.sorted { left, right in
            switch Ordering.compare(keys[left], keys[right]) {
            case .before?: true
            case .after?: false
            default: left < right
            }
        }
        return order.map { elements[$0] }
    }
}
