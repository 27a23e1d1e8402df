import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

@testable import LookoutProbing

@Suite struct `The phase of a check` {
    /// Fixed values: another hash would move every check of every installation.
    @Test(arguments: [
        ("production/backend-health", 5385),
        ("staging/backend-health", 59469),
        ("a/b", 28726),
        ("größe/naïve", 43700),
    ])
    func `is the same for ever`(name: String, milliseconds: Int64) throws {
        let phase = Phase(of: try #require(CheckID(name)))
        #expect(phase.offset(in: .seconds(60)).nanoseconds / 1_000_000 == milliseconds)
    }

    @Test(arguments: ["service-%", "%", "host%.example.org-health"])
    func `is spread evenly over names that differ by a number`(pattern: String) {
        var buckets = [Int](repeating: 0, count: 10)
        for number in 0..<10_000 {
            let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
            let id = CheckID(environment: "production", probe: parts.joined(separator: "\(number)"))
            buckets[Int(Phase(of: id).offset(in: .nanoseconds(10)).nanoseconds)] += 1
        }
        // A fair draw has 1000 in each with a standard deviation of 30.
        #expect(buckets.allSatisfy { (870...1130).contains($0) }, "\(buckets)")
    }

    @Test func `is within the span`() async {
        await checkAll { generator in
            let span = Duration.nanoseconds(Int64.random(in: 1...Int64.max / 4, using: &generator))
            let id = CheckID(environment: "e", probe: "\(generator.next())")
            let offset = Phase(of: id).offset(in: span)
            try #require(offset >= .zero && offset < span)
        }
    }
}
