/// First in, first out.
struct Queue<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Takes the oldest element out.
    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        head += 1
        // The room of those who have left is given back now and then, so each costs O(1).
        if head > 32, head > elements.count / 2 { giveBackRoom() }
        return element
    }

    /// Puts another element in the place of each, or none.
    mutating func replaceEach(_ transform: (Element) -> Element?) {
        giveBackRoom()
        elements = elements.compactMap(transform)
    }

    private mutating func giveBackRoom() {
        elements.removeFirst(head)
        head = 0
    }
}
