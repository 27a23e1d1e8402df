import LookoutModel
import Testing

@testable import LookoutHTTP

@Suite struct `Phases from running totals` {
    private func totals(_ lookup: Int, _ connect: Int, _ handshake: Int, _ firstByte: Int) -> RunningTotals {
        RunningTotals(
            lookup: .milliseconds(lookup),
            connect: .milliseconds(connect),
            handshake: .milliseconds(handshake),
            firstByte: .milliseconds(firstByte)
        )
    }

    @Test func `differences of totals are the lengths of phases`() {
        let timings = PhaseClock().timings(
            at: totals(1, 3, 7, 12),
            total: .milliseconds(20),
            madeConnection: true
        )
        let expected = Timings(
            dns: .milliseconds(1),
            connect: .milliseconds(2),
            tls: .milliseconds(4),
            firstByte: .milliseconds(5),
            transfer: .milliseconds(8),
            total: .milliseconds(20)
        )
        #expect(timings == expected)
    }

    @Test func `hops with and without TLS add up phase by phase`() {
        var clock = PhaseClock()
        // Over http: 1 + 2 + 4 ms; then over https: 1 + 2 + 5 + 6 ms.
        clock.endHop(at: totals(1, 3, 0, 7))
        clock.endHop(at: totals(2, 6, 8, 21))
        let timings = clock.timings(at: totals(2, 6, 8, 21), total: .milliseconds(30), madeConnection: true)
        let expected = Timings(
            dns: .milliseconds(2),
            connect: .milliseconds(4),
            tls: .milliseconds(5),
            firstByte: .milliseconds(10),
            transfer: .milliseconds(9),
            total: .milliseconds(30)
        )
        #expect(timings == expected)
    }

    @Test func `what was not reached is not there`() {
        let timings = PhaseClock().timings(
            at: totals(1, 0, 0, 0),
            total: .milliseconds(9),
            madeConnection: true
        )
        #expect(timings == Timings(dns: .milliseconds(1), total: .milliseconds(9)))
    }

    @Test func `a reused connection has no phases of its own`() {
        let timings = PhaseClock().timings(
            at: totals(1, 1, 1, 3),
            total: .milliseconds(4),
            madeConnection: false
        )
        #expect(
            timings
                == Timings(firstByte: .milliseconds(2), transfer: .milliseconds(1), total: .milliseconds(4))
        )
    }

    static let phases: [([Int], Bool, TransferPhase)] = [
        ([0, 0, 0, 0], true, .resolving), ([1, 0, 0, 0], true, .connecting),
        ([1, 2, 0, 0], true, .handshake),
        ([1, 2, 0, 0], false, .waiting), ([1, 2, 3, 0], true, .waiting), ([1, 2, 3, 4], true, .receiving),
    ]

    @Test(arguments: phases)
    func `the phase is the one that was begun last`(values: [Int], isTLS: Bool, phase: TransferPhase) {
        let now = totals(values[0], values[1], values[2], values[3])
        #expect(PhaseClock().phase(at: now, isTLS: isTLS) == phase)
        var later = PhaseClock()
        later.endHop(at: now)
        #expect(later.phase(at: now, isTLS: isTLS) == .resolving)
    }
}
