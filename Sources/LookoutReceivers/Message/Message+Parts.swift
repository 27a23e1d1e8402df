extension Message {
    /// A piece of a message that a receiver shows as a whole or not at all.
    enum Part: Hashable, Sendable {
        case lead(String)
        case fact(Fact)
        /// One alert of a digest.
        case alert(Line)
        case remainder(String)
        /// Evidence under a heading.
        case list(String, [String])
        /// A name, and mostly a web address behind it.
        case reference(String, String)
        case command(Fact)
    }

    /// The pieces in the order in which they are read, without the title; the smaller the rank, the more a
    /// piece is worth where there is not room for all.
    private var ranked: [(rank: Int, part: Part)] {
        var parts: [(rank: Int, part: Part)] = []
        if !lead.isEmpty { parts.append((0, .lead(lead))) }
        parts += facts.prefix(standing).map { (1, .fact($0)) }
        parts += lines.enumerated().map { (100 + $0.offset, .alert($0.element)) }
        if let remainder { parts.append((2, .remainder(remainder))) }
        if let suggestion { parts.append((3, .fact(Fact("Next step", suggestion)))) }
        if let runbook { parts.append((4, .reference("Runbook", runbook))) }
        if !changes.isEmpty { parts.append((8, .list("What changed", changes))) }
        if !samples.isEmpty { parts.append((9, .list("Last samples", samples))) }
        parts += facts.dropFirst(standing).enumerated().map { (10 + $0.offset, .fact($0.element)) }
        parts += commands.map { (5, .command($0)) }
        if let episode { parts.append((6, .fact(Fact("Episode", episode)))) }
        if let link { parts.append((7, .reference("Lookout", link))) }
        return parts
    }

    /// The last of some lines, as many as there is room for: what is newest says most.
    static func newest(_ lines: [String], limit: Int, size: (String) -> Int) -> [String] {
        var room = limit
        return lines.reversed().prefix { line in
            room -= size(line)
            return room >= 0
        }
        .reversed()
    }

    /// The pieces for which there is room, the most valuable first; where alerts of a digest had to go, they
    /// are counted.
    ///
    /// The room is in the units of `size`, which says what a piece takes with all that comes with it.
    func parts(within room: Int, size: (Part) -> Int) -> [Part] {
        let all = ranked
        var rest = room
        var kept: Set<Int> = []
        var omitted = 0
        for (index, entry) in all.enumerated().sorted(by: {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }) {
            let needed = size(entry.part)
            // Of a digest's alerts none is left out before one that is less bad.
            let isAlert = if case .alert = entry.part { true } else { false }
            guard needed <= rest, !(isAlert && omitted > 0) else {
                omitted += isAlert ? 1 : 0
                continue
            }
            rest -= needed
            kept.insert(index)
        }
        let parts = all.indices.filter(kept.contains).map { all[$0].part }
        guard omitted > 0 else { return parts }
        return shortened(parts, omitting: omitted, size: size, over: rest)
    }

    /// The same with a word about the alerts that are not among them.
    private func shortened(
        _ parts: [Part],
        omitting omitted: Int,
        size: (Part) -> Int,
        over rest: Int
    ) -> [Part] {
        var parts = parts
        var rest = rest
        var omitted = omitted
        let end = parts.lastIndex { if case .alert = $0 { true } else { false } }
        if let remainder, let index = parts.firstIndex(of: .remainder(remainder)) {
            rest += size(.remainder(remainder))
            parts.remove(at: index)
        }
        guard var last = end else { return parts }
        let words = { (count: Int) in
            Part.remainder("and \(count) more here" + (remainder.map { ", \($0)" } ?? ""))
        }
        while size(words(omitted)) > rest, last >= 0, case .alert = parts[last] {
            rest += size(parts.remove(at: last))
            omitted += 1
            last -= 1
        }
        if size(words(omitted)) <= rest { parts.insert(words(omitted), at: last + 1) }
        return parts
    }
}
