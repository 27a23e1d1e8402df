import LookoutModel

/// What people ask for, carried out by the loop that does all writing.
extension DeploymentKeeper {
    /// A request and who waits for its answer.
    struct Inquiry {
        let id: DeploymentID?
        let request: DeploymentRequest
        let answer: CheckedContinuation<Result<Deployment, any Error>, Never>
    }

    /// Carries out what a person asks for, and waits until it is stored.
    ///
    /// - Parameters:
    ///   - request: what is asked for.
    ///   - id: which deployment it is about; nil for `start`.
    /// - Returns: The deployment as it is stored then.
    /// - Throws: `DeploymentRefusal`, and what the store throws.
    package func perform(_ request: DeploymentRequest, on id: DeploymentID? = nil) async throws -> Deployment
    {
        guard !isStopped else { throw DeploymentRefusal.notRunning }
        return try await withCheckedContinuation { answer in
            inbox.append(Inquiry(id: id, request: request, answer: answer))
            arrivals.raise()
        }.get()
    }

    func answerInbox() async {
        let inquiries = inbox
        inbox = []
        for inquiry in inquiries {
            do {
                inquiry.answer.resume(returning: .success(try await perform(inquiry.request, inquiry.id)))
            } catch {
                inquiry.answer.resume(returning: .failure(error))
            }
        }
    }

    private func perform(_ request: DeploymentRequest, _ id: DeploymentID?) async throws -> Deployment {
        let now = timekeeper.now.wall
        let target: DeploymentID
        var current: Deployment?
        if case .start(_, let name) = request {
            if let name, DeploymentID(name) == nil { throw DeploymentRefusal.badName(name) }
            target = name.flatMap { DeploymentID($0) } ?? course.freeID(at: now)
            guard try await deployment(target) == nil else { throw DeploymentRefusal.taken(target.text) }
        } else {
            guard let id, let found = try await deployment(id) else {
                throw DeploymentRefusal.noSuchDeployment(id?.text ?? "")
            }
            (target, current) = (id, found)
            if course.deployment(id) == nil { return try await amend(found, request, at: now) }
        }
        let events = try request.events(for: current, at: now)
        try await commit(DeploymentCourse.Proposal(id: target, events: events))
        return course.deployment(target) ?? Deployment(target)
    }

    /// Appends to a deployment that was over long ago.
    private func amend(
        _ deployment: Deployment,
        _ request: DeploymentRequest,
        at now: Timestamp
    ) async throws -> Deployment {
        let events = try request.events(for: deployment, at: now)
        try await ports.store.append(events, to: deployment.id, after: deployment.count)
        var amended = deployment
        for event in events { amended.apply(event) }
        try? await ports.records?.write(amended)
        return amended
    }
}
