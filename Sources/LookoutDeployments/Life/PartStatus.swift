import LookoutModel

/// How far a deployment is at one part of the environment.
enum PartStatus: Hashable, Sendable {
    /// Something may still come.
    case waiting
    /// Users have it since then.
    case live(Timestamp)
    case failed(String)
    /// Nothing was deployed; without reasons nobody knows why.
    case nothing([Obstacle])
    /// The provider cannot be asked.
    case unknown(String)

    var isSettled: Bool { self != .waiting }

    var liveAt: Timestamp? { if case .live(let time) = self { time } else { nil } }
}

extension PartStatus {
    /// What the newest deploy of the part says; nil if there is none.
    init?(_ deploy: ProviderDeploy?) {
        guard let deploy else { return nil }
        switch deploy.state {
        case .live: self = .live(deploy.liveAt ?? deploy.finishedAt ?? deploy.createdAt)
        case .superseded:
            self =
                deploy.liveAt.map { .live($0) } ?? .failed("another deploy took its place before it was live")
        case .failed(let reason): self = .failed(reason.isEmpty ? "the provider gives no reason" : reason)
        case .cancelled: self = .failed("it was cancelled")
        case .skipped(let reason): self = .nothing([.skipped(reason: reason)])
        case .held: self = .nothing([.locked(deploy: deploy.id)])
        case .queued, .building, .releasing, .unknown: self = .waiting
        }
    }
}
