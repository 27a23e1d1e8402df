import Glibc
package import LookoutModel
import Synchronization

/// Runs programs without ever blocking a thread: it looks after them on the timekeeper's beat.
package final class ProgramRunner: Sendable {
    private static let shortestPause = Duration.milliseconds(1)
    private static let longestPause = Duration.milliseconds(20)
    /// How often a killed program is waited for before that is left to the next run.
    private static let lastLooks = 50

    /// Killed, but not gone yet when their run was over; whoever runs something next looks for them.
    private static let stragglers = Mutex<[pid_t]>([])

    package init() {}

    /// Runs the program to its end, its timeout or the task's cancellation; whichever comes, nothing of
    /// its process group is left.
    package func run(_ plan: ProgramPlan, timekeeper: any Timekeeper) async -> ProgramResult {
        Self.reapStragglers()
        do throws(SystemFault) {
            let child = try ChildProcess(plan)
            var said = CapturedOutput(plan.capture)
            let interruption = await watch(child, until: plan.timeout, timekeeper, &said)
            child.killGroup()
            said.append(child.newWords())
            let status = await reap(child.identifier, timekeeper)
            let ending = interruption ?? (said.isExceeded ? .saidTooMuch : Self.ending(status))
            return ProgramResult(ending: ending, output: said.output, errors: said.errors)
        } catch {
            return ProgramResult(ending: .unstartable(error.code))
        }
    }

    /// Collects output until the program has ended; what ended the watch if it was anything else.
    private func watch(
        _ child: borrowing ChildProcess,
        until timeout: Duration,
        _ timekeeper: any Timekeeper,
        _ said: inout CapturedOutput
    ) async -> ProgramResult.Ending? {
        let deadline = timekeeper.now.monotonic + timeout
        var pause = Self.shortestPause
        while true {
            let words = child.newWords()
            said.append(words)
            if said.isExceeded { return .saidTooMuch }
            if child.hasEnded() { return nil }
            let rest = deadline - timekeeper.now.monotonic
            guard rest > .zero else { return .timedOut }
            do {
                try await timekeeper.sleep(for: min(pause, rest))
            } catch {
                return .cancelled
            }
            // Who writes much waits for us to read it.
            pause = words.isEmpty ? min(pause * 2, Self.longestPause) : Self.shortestPause
        }
    }

    /// The status of waitpid(2); nil if a killed program takes long to go.
    ///
    /// A cancelled task cannot sleep: then the thread waits, which is over as soon as the program is gone.
    private func reap(_ identifier: pid_t, _ timekeeper: any Timekeeper) async -> Int32? {
        for _ in 0..<Self.lastLooks {
            if let status = ChildProcess.reap(identifier) { return status }
            do {
                try await timekeeper.sleep(for: Self.shortestPause)
            } catch {
                poll(nil, 0, 1)
            }
        }
        Self.stragglers.withLock { $0.append(identifier) }
        return nil
    }

    private static func reapStragglers() {
        stragglers.withLock { identifiers in
            identifiers.removeAll { ChildProcess.reap($0) != nil }
        }
    }

    /// What a status of waitpid(2) says.
    private static func ending(_ status: Int32?) -> ProgramResult.Ending {
        guard let status else { return .signalled(SIGKILL) }
        let signal = status & 0x7f
        return signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
    }
}
