/// What two texts have in common, line by line, and in what they differ.
struct LineDifference {
    /// A line and which of the texts has it.
    enum Line: Hashable {
        case both(String)
        case first(String)
        case second(String)
    }

    let lines: [Line]

    init(from first: [String], to second: [String]) {
        let difference = second.difference(from: first)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var (left, right) = (0, 0)
        while left < first.count || right < second.count {
            if left < first.count, removed.contains(left) {
                lines.append(.first(first[left]))
                left += 1
            } else if right < second.count, inserted.contains(right) {
                lines.append(.second(second[right]))
                right += 1
            } else {
                lines.append(.both(first[left]))
                left += 1
                right += 1
            }
        }
        self.lines = lines
    }
}
