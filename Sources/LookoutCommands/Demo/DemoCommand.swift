import ArgumentParser
import LookoutDemo

/// `lookout demo`: a simulated stack and the agent watching it, in one program.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Watches a simulated staging and production stack whose faults can be switched.",
        discussion: """
            Without a running demo, starts one (with the faults given by --break) and ends with Ctrl-C. While \
            one runs, --break and --mend speak to it. The faults, for production and staging alike:

            \(DemoPart.allCases.map { part in
                "  \(part.rawValue): \(part.faults.map(\.rawValue).joined(separator: ", "))"
            }.joined(separator: "\n"))
            """
    )

    @Option(
        name: .customLong("break"),
        help: ArgumentHelp("Injects a fault, such as production.backend=503.", valueName: "fault")
    )
    var faults: [String] = []

    @Option(
        name: .customLong("mend"),
        help: ArgumentHelp(
            "Mends a place of the running demo: production, or production.backend.",
            valueName: "place"
        )
    )
    var mended: [String] = []

    @Option(help: "The control port; the sites take the four after it, the agent's API the one after those.")
    var port = 9830

    @Option(help: "Seconds between two runs of a check.")
    var interval = 5

    @Option(
        help: ArgumentHelp(
            "Plays a rehearsal of a deployment in virtual time, says what came of it, and ends.",
            valueName: "file"
        )
    )
    var scenario: String?

    @Flag(help: "Prints what came of a scenario as JSON.")
    var json = false

    @Flag(help: "Prints lines instead of a live screen, also on a terminal.")
    var plain = false

    func validate() throws {
        guard (1...65_000).contains(port) else {
            throw ValidationError("port \(port) is not between 1 and 65000")
        }
        guard (1...3600).contains(interval) else {
            throw ValidationError("an interval of \(interval) s is not between 1 s and 1 h")
        }
        if json, scenario == nil { throw ValidationError("--json is for --scenario") }
        if scenario != nil, !faults.isEmpty || !mended.isEmpty {
            throw ValidationError("a scenario says itself what breaks and what is mended")
        }
        for fault in faults where !fault.hasSuffix("=ok") {
            do {
                _ = try DemoFault(parsing: fault)
            } catch {
                throw ValidationError("\(error)")
            }
        }
    }

    func run() async throws {
        if let scenario {
            try await ScenarioPlay(file: scenario, isJSON: json).run()
            return
        }
        let remote = try DemoRemote(port: port)
        let isRunning = await remote.isRunning()
        if isRunning {
            guard !faults.isEmpty || !mended.isEmpty else {
                StandardStreams.writeError(
                    "a demo runs already on port \(port); end it or choose another --port\n"
                )
                throw ExitCode.unavailable
            }
            for place in mended { StandardStreams.write(try await remote.mend(place)) }
            for fault in faults { StandardStreams.write(try await remote.inject(fault)) }
        }
        await remote.close()
        guard !isRunning else { return }
        if !mended.isEmpty {
            StandardStreams.writeError("no demo runs on port \(port)\n")
            throw ExitCode.unavailable
        } else {
            try await DemoSession(
                port: port,
                interval: interval,
                isPlain: plain || !StandardStreams.outputIsTerminal,
                faults: faults.compactMap { try? DemoFault(parsing: $0) }
            )
            .run()
        }
    }
}
