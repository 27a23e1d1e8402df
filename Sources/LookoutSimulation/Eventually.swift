/// Thrown when what a test waits for has not come about in time.
package struct WaitedInVain: Error, CustomStringConvertible {
    package let description: String
}

/// Waits, in real time, until a condition holds: a level, not an edge.
///
/// For tests with real threads and sockets; in a `Simulation` nothing needs to be waited for.
/// The limit is only there so that a broken test ends; it is no measurement.
package func eventually(
    _ what: String,
    within limit: Duration = .seconds(30),
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    var pause = Duration.microseconds(50)
    while try await !condition() {
        guard clock.now < deadline else {
            throw WaitedInVain(description: "waited \(limit) in vain until: \(what)")
        }
        try await Task.sleep(for: pause)
        pause = min(pause * 2, .milliseconds(20))
    }
}
