import Glibc
import LookoutDeployments
package import LookoutModel
import LookoutProcesses

/// The git program, run once a question with a list of arguments; there is no shell.
package struct GitProgram: Sendable {
    /// How long a question to this machine may take, and one to a remote.
    package struct Patience: Hashable, Sendable {
        package var local: Duration
        package var remote: Duration

        package init(local: Duration = .seconds(30), remote: Duration = .seconds(120)) {
            self.local = local
            self.remote = remote
        }
    }

    /// So much is taken of an answer, and of what git complains of.
    private static let maximumOutputBytes = 32 << 20
    private static let maximumComplaintBytes = 8 << 10

    let timekeeper: any Timekeeper
    private let path: String
    private let patience: Patience
    private let environment = GitEnvironment()
    private let runner = ProgramRunner()

    /// The path is where the program is: nothing is searched for.
    package init(
        path: String = "/usr/bin/git",
        timekeeper: any Timekeeper,
        patience: Patience = Patience()
    ) {
        self.path = path
        self.timekeeper = timekeeper
        self.patience = patience
    }

    /// Makes the call; every ending that is no answer is a failure in words for people.
    func answer(to call: GitCall) async throws(ProviderFailure) -> GitAnswer {
        var timeout = patience.local
        if case .remote = call.reach { timeout = patience.remote }
        let plan = ProgramPlan(
            path: path,
            arguments: call.words,
            environment: environment.variables(for: call),
            directory: "/",
            input: call.input,
            timeout: call.timeout ?? timeout,
            capture: .whole(output: Self.maximumOutputBytes, errors: Self.maximumComplaintBytes)
        )
        let result = await runner.run(plan, timekeeper: timekeeper)
        let complaint = GitComplaint(result.errors, result.output, in: call)
        switch result.ending {
        case .exited(let status) where call.accepted.contains(status):
            return GitAnswer(status: status, output: result.output, complaint: complaint.text)
        case .exited(let status):
            throw complaint.failure(status: status)
        case .signalled(let signal):
            throw .unexpected("\(call.name) was ended by signal \(signal)\(complaint.addition)")
        case .timedOut:
            throw .unreachable("\(call.name) took longer than \(plan.timeout.inWholeSeconds) s and was ended")
        case .cancelled:
            throw .unreachable("\(call.name) was ended: Lookout is stopping")
        case .saidTooMuch:
            throw .unexpected("\(call.name) answered with more than \(Self.maximumOutputBytes >> 20) MB")
        case .unstartable(let code):
            let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
            throw .notConfigured(
                "\(PlainText.line(path, atMost: 200)) cannot be started: \(reason); install git"
            )
        }
    }
}

extension Duration {
    /// For messages.
    var inWholeSeconds: Int64 { components.seconds }
}
