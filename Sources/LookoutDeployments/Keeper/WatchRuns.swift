import LookoutModel
import LookoutStatistics

/// The runs that each watch has read, and how far.
struct WatchRuns: Sendable {
    private struct Book: Sendable {
        var before: [CheckID: [CheckSample]]
        var window: [CheckID: [CheckSample]] = [:]
        /// The times of all runs that were read since `from`, so that none is read twice.
        var times: [CheckID: Set<Timestamp>] = [:]
        /// From where on the history is read.
        var from: Timestamp
    }

    private var books: [DeploymentID: Book] = [:]

    func isOpen(_ id: DeploymentID) -> Bool { books[id] != nil }

    /// Begins with what was there before, and with what was read before a restart.
    mutating func open(
        _ id: DeploymentID,
        before: [CheckID: [CheckSample]],
        window: [CheckID: [CheckSample]] = [:],
        from start: Timestamp
    ) {
        var book = Book(before: before, window: window, from: start)
        for (check, runs) in before { book.times[check, default: []].formUnion(runs.map(\.startedAt)) }
        for (check, runs) in window { book.times[check, default: []].formUnion(runs.map(\.startedAt)) }
        books[id] = book
    }

    mutating func forget(_ id: DeploymentID) { books[id] = nil }

    /// The stretch of the history that is to be read next.
    func range(of id: DeploymentID, until now: Timestamp) -> Range<Timestamp>? {
        guard let book = books[id], book.from <= now else { return nil }
        return book.from..<(now + .seconds(1))
    }

    /// Takes what was read; those runs that are new, in the order of time.
    mutating func take(
        _ read: [CheckID: [CheckSample]],
        of id: DeploymentID,
        at now: Timestamp
    ) -> [(check: CheckID, run: CheckSample)] {
        guard var book = books[id] else { return [] }
        var news: [(check: CheckID, run: CheckSample)] = []
        for (check, runs) in read {
            for run in CheckSample.ordered(runs)
            where book.times[check, default: []].insert(run.startedAt).inserted {
                book.window[check, default: []].append(run)
                news.append((check, run))
            }
        }
        // Runs are stored when they end, in batches: one that began some minutes ago may still come.
        book.from = max(book.from, now - .seconds(300))
        books[id] = book
        return news.sorted { ($0.run.time, $0.check) < ($1.run.time, $1.check) }
    }

    /// After a step of the clock new runs bear times from there on.
    mutating func restart(from time: Timestamp) {
        books = books.mapValues { book in
            var book = book
            book.from = min(book.from, time)
            return book
        }
    }

    /// All that was compared, for the store.
    func compared(of id: DeploymentID) -> [CheckID: ComparedRuns] {
        guard let book = books[id] else { return [:] }
        var compared: [CheckID: ComparedRuns] = [:]
        for check in Set(book.before.keys).union(book.window.keys) {
            compared[check] = ComparedRuns(
                baseline: book.before[check] ?? [],
                window: book.window[check] ?? []
            )
        }
        return compared
    }
}
