import LookoutModel
package import LookoutProbing
import Testing

/// What every `SampleStore` must do, as tests that any of them can be put to.
///
/// Each clause is handed an empty store of its own:
/// ```swift
/// @Test(arguments: SampleStoreContract.clauses)
/// func `keeps the contract`(_ clause: SampleStoreContract.Clause) async throws {
///     try await clause.verify(on: makeEmptyStore())
/// }
/// ```
package enum SampleStoreContract {
    /// One promise of the port.
    package struct Clause: Sendable, CustomTestStringConvertible {
        /// The promise in words.
        package let name: String
        private let body: @Sendable (any SampleStore) async throws -> Void

        init(_ name: String, _ body: @escaping @Sendable (any SampleStore) async throws -> Void) {
            self.name = name
            self.body = body
        }

        package var testDescription: String { name }

        /// Records an issue in the running test if the store breaks the promise.
        package func verify(on store: any SampleStore) async throws {
            try await body(store)
        }
    }

    package static let clauses: [Clause] = [
        Clause("an empty store has nothing") { store in
            let newest = try await store.newest(10)
            #expect(newest == [:])
            #expect(try await store.samples(of: api, in: always) == [])
            #expect(try await store.removeSamples(before: at(1_000_000)) == 0)
        },
        Clause("what comes back is what was stored, but for the observation") { store in
            let samples = SampleExamples.ofEveryKind(check: api)
            try await store.append(samples)
            var expected = samples
            for index in expected.indices { expected[index].observation = nil }
            #expect(try await store.samples(of: api, in: always) == expected)
        },
        Clause("a sample that is there already is left as it is") { store in
            let first = sample(api, 1, outcome: .ok)
            try await store.append([first])
            try await store.append([sample(api, 1, outcome: .error("again")), sample(api, 2)])
            try await store.append([sample(api, 3), sample(api, 3, outcome: .error("twice in a batch"))])
            let stored = try await store.samples(of: api, in: always)
            #expect(stored == [first, sample(api, 2), sample(api, 3)])
        },
        Clause("an empty batch is no error") { store in
            try await store.append([])
            #expect(try await store.newest(1) == [:])
        },
        Clause("samples come back in the order of time, however they went in") { store in
            for batch in [[5, 1, 4], [2], [3, 0]] {
                try await store.append(batch.map { sample(api, $0) })
            }
            let stored = try await store.samples(of: api, in: always)
            #expect(stored.map(\.startedAt) == (0...5).map(at))
            #expect(try await store.newest(3)[api]?.map(\.startedAt) == (3...5).map(at))
        },
        Clause("a range has its beginning and not its end") { store in
            try await store.append((0..<10).map { sample(api, $0) })
            let stored = try await store.samples(of: api, in: at(3)..<at(7))
            #expect(stored.map(\.startedAt) == (3..<7).map(at))
            #expect(try await store.samples(of: api, in: at(3)..<at(3)) == [])
        },
        Clause("newest gives each check its own newest, oldest first") { store in
            try await store.append((0..<5).map { sample(api, $0) } + (100..<102).map { sample(page, $0) })
            let newest = try await store.newest(3)
            #expect(
                newest.mapValues { $0.map(\.startedAt) } == [api: (2..<5).map(at), page: (100..<102).map(at)]
            )
            #expect(try await store.newest(0) == [:])
        },
        Clause("the newest of one check are its own, oldest first") { store in
            try await store.append((0..<5).map { sample(api, $0) } + [sample(page, 100)])
            #expect(try await store.newest(2, of: api).map(\.startedAt) == (3..<5).map(at))
            #expect(try await store.newest(9, of: page).map(\.startedAt) == [at(100)])
            #expect(try await store.newest(0, of: api) == [])
            #expect(try await store.newest(1, of: CheckID(environment: "x", probe: "y")) == [])
        },
        Clause("outcomes are counted by stretches, without runs that say nothing") { store in
            let failed = Outcome.failed(Failure(.connect, "refused"))
            let outcomes: [Outcome] = [.ok, failed, .error("e"), .inconclusive("i"), failed, .ok]
            try await store.append(
                outcomes.enumerated().map { sample(api, 100 + 20 * $0.offset, outcome: $0.element) }
                    + [
                        sample(api, 500, outcome: .error("e")), sample(api, 600),
                        sample(page, 100, outcome: failed),
                    ]
            )
            #expect(
                try await store.outcomeCounts(of: api, since: at(0), every: .seconds(60)) == [
                    OutcomeCount(start: at(60), conclusive: 1, failed: 0),
                    OutcomeCount(start: at(120), conclusive: 1, failed: 1),
                    OutcomeCount(start: at(180), conclusive: 2, failed: 1),
                    OutcomeCount(start: at(600), conclusive: 1, failed: 0),
                ]
            )
            #expect(
                try await store.outcomeCounts(of: api, since: at(200), every: .seconds(3600)) == [
                    OutcomeCount(start: at(0), conclusive: 2, failed: 0)
                ]
            )
            let unknown = CheckID(environment: "x", probe: "y")
            #expect(try await store.outcomeCounts(of: unknown, since: at(0), every: .seconds(60)) == [])
        },
        Clause("stretches before 1970 begin before they end") { store in
            try await store.append([sample(api, -1), sample(api, -60), sample(api, -61), sample(api, 0)])
            let counts = try await store.outcomeCounts(of: api, since: at(-1000), every: .seconds(60))
            #expect(counts.map(\.start) == [at(-120), at(-60), at(0)])
            #expect(counts.map(\.conclusive) == [1, 2, 1])
        },
        Clause("checks whose names only look alike are different checks") { store in
            let alike = [
                CheckID(environment: "a", probe: "b/c"), CheckID(environment: "a/b", probe: "c"),
                CheckID(environment: "a\0b", probe: "x"), CheckID(environment: "a\0c", probe: "x"),
                CheckID(environment: "a", probe: "x"), CheckID(environment: "A", probe: "x"),
                CheckID(environment: "a ", probe: "x"), CheckID(environment: "", probe: ""),
            ]
            for (second, check) in alike.enumerated() { try await store.append([sample(check, second)]) }
            let newest = try await store.newest(2)
            #expect(newest.count == alike.count)
            for (second, check) in alike.enumerated() {
                #expect(newest[check] == [sample(check, second)])
            }
        },
        Clause("removing forgets what began before, of all checks, and counts it") { store in
            try await store.append((0..<10).map { sample(api, $0) } + (5..<15).map { sample(page, $0) })
            #expect(try await store.removeSamples(before: at(8)) == 8 + 3)
            #expect(try await store.samples(of: api, in: always).map(\.startedAt) == (8..<10).map(at))
            #expect(try await store.samples(of: page, in: always).map(\.startedAt) == (8..<15).map(at))
            #expect(try await store.removeSamples(before: at(8)) == 0)
        },
        Clause("a check whose samples are all gone can come back") { store in
            try await store.append([sample(api, 1)])
            #expect(try await store.removeSamples(before: at(2)) == 1)
            #expect(try await store.newest(1) == [:])
            try await store.append([sample(api, 3)])
            #expect(try await store.newest(1) == [api: [sample(api, 3)]])
        },
        Clause("times before 1970 are times") { store in
            let early = Sample(check: api, startedAt: Timestamp(microseconds: -1), outcome: .ok)
            try await store.append([sample(api, 0), early])
            #expect(try await store.newest(2) == [api: [early, sample(api, 0)]])
            #expect(try await store.removeSamples(before: .epoch) == 1)
        },
    ]

    private static let api = CheckID(environment: "production", probe: "api")
    private static let page = CheckID(environment: "production", probe: "page")
    private static let always = Timestamp(microseconds: .min)..<Timestamp(microseconds: .max)

    private static func at(_ second: Int) -> Timestamp { Timestamp(seconds: Int64(second)) }

    private static func sample(_ check: CheckID, _ second: Int, outcome: Outcome = .ok) -> Sample {
        Sample(check: check, startedAt: at(second), outcome: outcome)
    }
}
