import LookoutModel
import LookoutProbing
import Testing

@Suite struct `Asking again` {
    private static let failed = Outcome.failed(Failure(.status, "503"))

    @Test(
        arguments: [
            (failed, 1, 1, nil), (failed, 1, 2, 250), (failed, 2, 2, nil), (failed, 2, 3, 500),
            (failed, 3, 9, 1000),
            (failed, 8, 9, 1000), (.error("too many open files"), 1, 2, 250), (.ok, 1, 3, nil),
            (.inconclusive("offline"), 1, 3, nil),
        ] as [(Outcome, Int, Int, Int?)]
    )
    func `follows the outcome and the number of attempts`(
        outcome: Outcome,
        attempt: Int,
        attempts: Int,
        milliseconds: Int?
    ) {
        let policy = AttemptPolicy(.example(attempts: attempts))
        #expect(policy.pause(after: outcome, attempt: attempt) == milliseconds.map { .milliseconds($0) })
    }

    @Test(arguments: [(0, 5000), (1, 5000), (2, 10_250), (3, 15_750), (5, 27_750)])
    func `takes at most all timeouts and all pauses`(attempts: Int, milliseconds: Int) {
        #expect(AttemptPolicy(.example(attempts: attempts)).longestRun == .milliseconds(milliseconds))
    }
}
