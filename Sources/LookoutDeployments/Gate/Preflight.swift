package import LookoutModel

/// The gate from question to answer: collects, judges, and tells the code host.
///
/// It changes nothing but what it is asked to: the backup branch, and the commit status; neither in read-only mode.
package struct Preflight: Sendable {
    /// What came of a run.
    package struct Result: Hashable, Sendable {
        package var report: GateReport
        /// What was done, or could not be: the backup branch, the commit status.
        package var remarks: [String]
    }

    private let settings: DeploymentSettings
    private let ports: GateCollector.Ports
    private let collector: GateCollector

    package init(_ settings: DeploymentSettings, ports: GateCollector.Ports, timekeeper: any Timekeeper) {
        self.settings = settings
        self.ports = ports
        collector = GateCollector(settings, ports: ports, timekeeper: timekeeper)
    }

    /// Judges the gate as everything stands now.
    ///
    /// - Parameters:
    ///   - request: what a person asks for.
    ///   - createsBackup: whether a backup branch is made if none points at main.
    ///   - page: where the report can be read, for the commit status.
    /// - Returns: The report, and what was done besides.
    package func run(
        _ request: GateRequest,
        createsBackup: Bool = false,
        page: String? = nil
    ) async -> Result {
        var remarks: [String] = []
        if createsBackup { remarks.append(await backup(request)) }
        let report = GateJudge(await collector.facts(for: request)).report()
        if let remark = await post(report, page) { remarks.append(remark) }
        return Result(report: report, remarks: remarks)
    }

    /// Makes the branch where there is none; says what came of it.
    private func backup(_ request: GateRequest) async -> String {
        guard let names = settings.repository, let repository = ports.repository else {
            return "no backup branch was made: no repository is configured"
        }
        guard !settings.isReadOnly else { return "no backup branch was made: Lookout is set to read only" }
        let question = collector.question
        let branch = settings.production.branch
        let answer = await question.ask("git: the backup branch") { () throws(ProviderFailure) in
            try await repository.refresh()
            guard let main = try await repository.remoteCommit(of: branch) else {
                throw .notFound("the remote has no branch \(PlainText.line(branch, atMost: 100))")
            }
            let backups = try await repository.remoteBranches(withPrefix: names.backupPrefix)
            let known = backups.first { name, commit in
                commit == main && BackupBranchName(name, prefix: names.backupPrefix) != nil
            }
            if let known { return "\(known.key) points at \(main.short) already" }
            let name = BackupBranchName(prefix: names.backupPrefix, at: question.timekeeper.now.wall).text
            try await repository.createRemoteBranch(name, at: main)
            return "\(name) was made at \(main.short)"
        }
        switch answer {
        case .known(let text, _): return text
        case .unknown(let failure): return "no backup branch was made: \(failure.message)"
        }
    }

    /// Posts the result where that is wanted; nil where there is nobody to tell.
    private func post(_ report: GateReport, _ page: String?) async -> String? {
        guard let host = ports.codeHost, let candidate = report.candidate, !settings.isReadOnly else {
            return nil
        }
        let status = report.commitStatus(page: page)
        let answer = await collector.question.ask("github: the commit status") { () throws(ProviderFailure) in
            try await host.post(status, to: candidate)
        }
        if let failure = answer.failure { return "the commit status was not posted: \(failure.message)" }
        return "the commit status \(status.context) of \(candidate.short) is \(status.state.rawValue)"
    }
}

extension GateReport {
    /// The report as a status of the candidate: only a go is a success.
    package func commitStatus(page: String? = nil) -> CommitStatus {
        switch decision {
        case .go:
            let note = overrides.isEmpty ? "" : ", \(overrides.count) overridden"
            return CommitStatus(.success, description: "go for \(environment)\(note)", page: page)
        case .noGo:
            return CommitStatus(
                .failure,
                description: "no-go: \(open(.noGo).joined(separator: ", "))",
                page: page
            )
        case .unknown:
            return CommitStatus(
                .error,
                description: "unknown: \(open(.unknown).joined(separator: ", "))",
                page: page
            )
        }
    }

    /// The criteria with a verdict that nobody has overridden.
    package func open(_ verdict: Verdict) -> [String] {
        let overridden = Set(overrides.map(\.criterion))
        return findings.filter { $0.verdict == verdict && !overridden.contains($0.criterion) }.map(
            \.criterion
        )
    }
}
