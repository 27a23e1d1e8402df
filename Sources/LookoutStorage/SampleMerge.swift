import LookoutModel

/// The rows of many checks as one sequence, in the order in which the runs ended.
///
/// A heap of the checks by the row that each of them is at, so a step costs a few comparisons and one
/// row of SQLite's, and nothing is kept in memory but these rows.
struct SampleMerge {
    private struct Source {
        let rows: RawStatement
        let place: Int
        var reader: SampleRow.Reader
    }

    /// A source and when the run of its current row ended; ties go by the order of the sources, so that
    /// the same rows always make the same sequence.
    private struct Place: Comparable {
        let end: Int64
        let source: Int

        static func < (left: Place, right: Place) -> Bool {
            left.end != right.end ? left.end < right.end : left.source < right.source
        }
    }

    private var sources: [Source] = []
    /// A binary heap: each place is before those at twice its index plus one and plus two.
    private var heap: [Place] = []
    /// Whether the row at the top was handed over and its source must go on.
    private var isTopTaken = false

    /// Takes in the rows of a check, in the order of time, whose arguments are bound; its samples will bear
    /// the place.
    mutating func add(_ rows: RawStatement, of check: CheckID, at place: Int) throws {
        sources.append(Source(rows: rows, place: place, reader: SampleRow.Reader(check: check)))
        guard try rows.step() else { return }
        heap.append(Place(end: SampleRow.Reader.end(rows), source: sources.count - 1))
        var index = heap.count - 1
        while index > 0, heap[index] < heap[(index - 1) / 2] {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// The next sample, and the place of its check; nil after the last.
    mutating func next() throws -> (sample: Sample, place: Int)? {
        if isTopTaken { try advance() }
        guard let top = heap.first else { return nil }
        isTopTaken = true
        return (sources[top.source].reader.sample(sources[top.source].rows), sources[top.source].place)
    }

    /// Ends the reading of all sources.
    func close() {
        for source in sources { source.rows.reset() }
    }

    /// Moves the source at the top on to its next row and the heap back into order.
    private mutating func advance() throws {
        isTopTaken = false
        let top = heap[0]
        let rows = sources[top.source].rows
        if try rows.step() {
            heap[0] = Place(end: SampleRow.Reader.end(rows), source: top.source)
        } else {
            heap[0] = heap[heap.count - 1]
            heap.removeLast()
        }
        sink()
    }

    private mutating func sink() {
        heap.withUnsafeMutableBufferPointer { heap in
            guard let place = heap.first else { return }
            var index = 0
            while true {
                var child = 2 * index + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
                guard heap[child] < place else { break }
                heap[index] = heap[child]
                index = child
            }
            heap[index] = place
        }
    }
}
