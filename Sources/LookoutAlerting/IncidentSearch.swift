import LookoutModel

/// Finds the incidents in the records: a decision over what is stored, and nothing of it is stored.
///
/// The same records give the same incidents. A number, once given, goes on leading to its incident
/// when later records join that with another.
struct IncidentSearch {
    private let episodes: [IncidentEpisode]

    init(_ records: IncidentRecords) {
        episodes = IncidentEpisodes(records).found
    }

    /// Oldest first.
    var incidents: [Incident] {
        var groups = DisjointSets(count: episodes.count)
        joinByEnvironment(&groups)
        joinByDependency(&groups)
        let members = Dictionary(grouping: episodes.indices) { groups.representative(of: $0) }
        return members.values.map { Incident($0.map { episodes[$0] }) }.sorted { $0.number < $1.number }
    }

    private func joinByEnvironment(_ groups: inout DisjointSets) {
        let order = episodes.indices.sorted { episodes[$0].firedAt < episodes[$1].firedAt }
        var last: [String?: (index: Int, end: Timestamp)] = [:]
        for index in order {
            let episode = episodes[index]
            let end = episode.endedAt ?? .distantFuture
            guard let before = last[episode.environment] else {
                last[episode.environment] = (index, end)
                continue
            }
            if episode.firedAt - before.end <= Incident.longestPause { groups.join(index, before.index) }
            last[episode.environment] = (index, max(end, before.end))
        }
    }

    /// A rule's alerts in one environment: what an alert that depends on the rule can be explained by.
    private struct Family: Hashable {
        let rule: String
        let environment: String?
    }

    private func joinByDependency(_ groups: inout DisjointSets) {
        var families: [Family: Spells] = [:]
        for index in episodes.indices.sorted(by: { episodes[$0].firstSign < episodes[$1].firstSign }) {
            guard let id = episodes[index].id else { continue }
            families[Family(rule: id.rule, environment: episodes[index].environment), default: Spells()]
                .add(index, episodes[index])
        }
        for (index, child) in episodes.enumerated() {
            for parent in child.parents {
                let family = families[Family(rule: parent, environment: child.environment)]
                for other in family?.touching(child) ?? [] { groups.join(index, other) }
            }
        }
    }
}

/// The episodes of one family in the order of their first signs.
private struct Spells {
    private var spells: [(index: Int, begin: Timestamp, end: Timestamp)] = []
    /// The latest end among the spells up to each, so that a search backwards knows when to stop.
    private var latestEnds: [Timestamp] = []

    mutating func add(_ index: Int, _ episode: IncidentEpisode) {
        let end = episode.endedAt ?? .distantFuture
        spells.append((index, episode.firstSign, end))
        latestEnds.append(max(end, latestEnds.last ?? end))
    }

    /// Those whose time, from the first sign on, touches that of an episode.
    func touching(_ episode: IncidentEpisode) -> [Int] {
        let end = episode.endedAt ?? .distantFuture
        var found: [Int] = []
        for place in spells.indices.reversed() where spells[place].begin <= end {
            if latestEnds[place] < episode.firstSign { break }
            if spells[place].end >= episode.firstSign { found.append(spells[place].index) }
        }
        return found
    }
}

/// Sets without common members that can be joined.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) {
        parents = Array(0..<count)
    }

    /// The member that stands for a member's set; shortens the way for the next time.
    mutating func representative(of member: Int) -> Int {
        var root = member
        while parents[root] != root { root = parents[root] }
        var next = member
        while parents[next] != root { (next, parents[next]) = (parents[next], root) }
        return root
    }

    mutating func join(_ left: Int, _ right: Int) {
        parents[representative(of: left)] = representative(of: right)
    }
}

extension Timestamp {
    /// Later than anything that is on record.
    fileprivate static let distantFuture = Timestamp(microseconds: .max / 2)
}
