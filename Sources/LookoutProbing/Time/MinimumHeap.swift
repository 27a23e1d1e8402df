/// A binary heap that gives its smallest element first.
struct MinimumHeap<Element: Comparable & Sendable>: Sendable {
    private var elements: [Element] = []

    init() {}

    /// Takes all of the elements at once, in linear time.
    init(_ elements: [Element]) {
        self.elements = elements
        for index in stride(from: elements.count / 2 - 1, through: 0, by: -1) {
            sink(index)
        }
    }

    var count: Int { elements.count }

    /// The smallest element.
    var first: Element? { elements.first }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[child] < elements[parent] else { return }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the smallest element out.
    mutating func popFirst() -> Element? {
        guard elements.count > 1 else { return elements.popLast() }
        elements.swapAt(0, elements.count - 1)
        let smallest = elements.removeLast()
        sink(0)
        return smallest
    }

    /// Takes the smallest element out if it fulfils a condition.
    mutating func popFirst(where condition: (Element) -> Bool) -> Element? {
        guard let first, condition(first) else { return nil }
        return popFirst()
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            guard left < elements.count else { return }
            let child = right < elements.count && elements[right] < elements[left] ? right : left
            guard elements[child] < elements[parent] else { return }
            elements.swapAt(parent, child)
            parent = child
        }
    }
}
