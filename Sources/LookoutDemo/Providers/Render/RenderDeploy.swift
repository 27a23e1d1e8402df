import LookoutModel

/// One deploy of a Render service.
struct RenderDeploy: Hashable, Sendable {
    /// Render's eleven words.
    enum Status: String, CaseIterable, Hashable, Sendable {
        case created, queued
        case buildInProgress = "build_in_progress"
        case preDeployInProgress = "pre_deploy_in_progress"
        case updateInProgress = "update_in_progress"
        case live, deactivated
        case buildFailed = "build_failed"
        case preDeployFailed = "pre_deploy_failed"
        case updateFailed = "update_failed"
        case canceled

        /// Whether something is still to come.
        var isRunning: Bool {
            switch self {
            case .created, .queued, .buildInProgress, .preDeployInProgress, .updateInProgress: true
            case .live, .deactivated, .buildFailed, .preDeployFailed, .updateFailed, .canceled: false
            }
        }
    }

    let id: String
    let revision: DemoRevision
    /// Render's word for what made it deploy.
    let trigger: String
    let createdAt: Timestamp
    /// False where a build that is there already is started again.
    let builds: Bool
    var status: Status
    var startedAt: Timestamp?
    var finishedAt: Timestamp?
    var updatedAt: Timestamp
    /// Whether it was ever what users got.
    var wasLive = false
    /// Whether the build is still kept, so that it can be rolled back to.
    var hasArtifact = false
    /// What the process was started with.
    var variables: [String: String] = [:]
    /// When the next thing happens to it; nil if it waits for another, or is done.
    var due: Timestamp?

    init(
        id: String,
        revision: DemoRevision,
        trigger: String,
        createdAt time: Timestamp,
        builds: Bool = true,
        status: Status = .created
    ) {
        self.id = id
        self.revision = revision
        self.trigger = trigger
        self.createdAt = time
        self.builds = builds
        self.status = status
        self.updatedAt = time
    }

    /// The deploy as the API gives it.
    var document: JSONValue {
        let document: JSONValue = [
            "id": .string(id),
            "artifactId": hasArtifact ? .string("art-" + id.dropFirst(4)) : .null,
            "commit": [
                "id": .string(revision.id), "message": .string(revision.message),
                "createdAt": .string(revision.at.rfc3339),
            ],
            "status": .string(status.rawValue),
            "trigger": .string(trigger),
            "createdAt": .string(createdAt.rfc3339),
            "startedAt": JSONValue(startedAt),
            "finishedAt": JSONValue(finishedAt),
            "updatedAt": .string(updatedAt.rfc3339),
        ]
        return document.withoutNulls
    }
}

/// How long Render takes for each step.
package struct RenderPace: Hashable, Sendable {
    package var queued: Duration
    package var build: Duration
    package var preDeploy: Duration
    package var update: Duration
    /// How long the old instance still answers beside the new one.
    package var overlap: Duration
    /// How long a service takes to wake up that fell asleep.
    package var waking: Duration

    package init(
        queued: Duration = .seconds(15),
        build: Duration = .seconds(150),
        preDeploy: Duration = .seconds(20),
        update: Duration = .seconds(40),
        overlap: Duration = .seconds(60),
        waking: Duration = .seconds(50)
    ) {
        self.queued = queued
        self.build = build
        self.preDeploy = preDeploy
        self.update = update
        self.overlap = overlap
        self.waking = waking
    }
}
