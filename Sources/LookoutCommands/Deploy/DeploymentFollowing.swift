import ArgumentParser
import LookoutDaemon
import LookoutDeployments
import LookoutModel
import LookoutProbing

/// Shows how a deployment goes until it is judged; ending it ends nothing but the showing.
struct DeploymentFollowing {
    private static let pace: Duration = .seconds(2)
    /// An agent that does not answer for so long is given up.
    private static let patience: Duration = .seconds(300)

    let access: AgentAccess
    let name: String
    /// Whether what comes after the verdict is shown, too.
    let showsAll: Bool

    /// Ends with the deployment as it was judged.
    func run() async throws -> Deployment {
        var progress = DeploymentProgress()
        let isLive = StandardStreams.outputIsTerminal && !access.json
        let thread = try TimerThread(name: "progress")
        defer { thread.stop() }
        let clock = SystemTimekeeper(thread: thread)
        var lastAnswer = clock.now.monotonic
        if isLive { say("Control-C ends the showing; the watch goes on.\n") }
        let agent = try access.client(changes: false)
        while true {
            let now = clock.now
            do throws(AgentClient.Failure) {
                let page = try await agent.get("deployments/\(AgentClient.escaped(name))")
                let deployment = try await agent.deployment(name)
                lastAnswer = now.monotonic
                tell(progress.news(of: deployment, concerns: DeploymentConcerns.lines(page)), isLive)
                if showsAll ? deployment.isClosed : DeploymentProgress.isDecided(deployment) {
                    return deployment
                }
                if isLive { say("\r\u{1B}[K" + DeploymentProgress.status(of: deployment, at: now.wall)) }
            } catch {
                guard case .unreachable(let reason) = error, now.monotonic - lastAnswer < Self.patience else {
                    StandardStreams.writeError("lookout: \(error)\n")
                    throw ExitCode(error)
                }
                if isLive { say("\r\u{1B}[K\(PlainText.line(reason, atMost: 200)); asking again") }
            }
            try await clock.sleep(for: Self.pace)
        }
    }

    private func tell(_ lines: [String], _ isLive: Bool) {
        for line in lines { say((isLive ? "\r\u{1B}[K" : "") + line + "\n") }
    }

    /// Not where a program reads the answer as JSON.
    private func say(_ text: String) {
        if !access.json { StandardStreams.write(text) }
    }
}
