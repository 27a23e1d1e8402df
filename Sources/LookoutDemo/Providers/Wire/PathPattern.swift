/// A glob over paths as Render's build filters have them: `*` and `?` stay in a folder, `**` does not.
struct PathPattern: Sendable {
    private let pattern: [Character]

    init(_ text: String) {
        pattern = Array(text)
    }

    func matches(_ path: String) -> Bool {
        // Which places of the pattern can be reached after each character: linear in path times pattern.
        var reached = closure([0])
        for character in path {
            var next: Set<Int> = []
            for place in reached where place < pattern.count {
                switch pattern[place] {
                case "*": if isDouble(place) || character != "/" { next.insert(place) }
                case "?": if character != "/" { next.insert(place + 1) }
                default: if pattern[place] == character { next.insert(place + 1) }
                }
            }
            reached = closure(next)
        }
        return reached.contains(pattern.count)
    }

    private func isDouble(_ place: Int) -> Bool {
        (place + 1 < pattern.count && pattern[place + 1] == "*") || (place > 0 && pattern[place - 1] == "*")
    }

    /// The places and all that are reached from them by a star that stands for nothing.
    private func closure(_ places: Set<Int>) -> Set<Int> {
        var all = places
        var open = Array(places)
        while let place = open.popLast() {
            guard place < pattern.count, pattern[place] == "*" else { continue }
            var following = [place + 1]
            // `**/` also stands for no folder at all.
            if place + 2 < pattern.count, pattern[place + 1] == "*", pattern[place + 2] == "/" {
                following.append(place + 3)
            }
            for next in following where all.insert(next).inserted { open.append(next) }
        }
        return all
    }
}
