import LookoutModel

/// One deploy of a Netlify site.
struct NetlifyDeploy: Hashable, Sendable {
    /// The states that a build goes through, and those in which it ends (Netlify's words).
    enum State: String, Hashable, Sendable {
        case new, enqueued, building, uploading, processing, ready, error, old

        /// Whether something is still to come.
        var isRunning: Bool {
            switch self {
            case .new, .enqueued, .building, .uploading, .processing: true
            case .ready, .error, .old: false
            }
        }
    }

    let id: String
    let revision: DemoRevision
    let branch: String
    /// `production` or `branch-deploy`.
    let context: String
    let createdAt: Timestamp
    var state: State
    var updatedAt: Timestamp
    /// When it was first what visitors got; nil if it never was.
    var publishedAt: Timestamp?
    var errorMessage: String?
    var isSkipped = false
    /// The values that the build has put into the bundle.
    var variables: [String: String] = [:]
    /// When the next thing happens to it; nil if it waits for another, or is done.
    var due: Timestamp?

    init(
        id: String,
        revision: DemoRevision,
        branch: String,
        context: String,
        createdAt time: Timestamp,
        state: State = .new
    ) {
        self.id = id
        self.revision = revision
        self.branch = branch
        self.context = context
        self.createdAt = time
        self.state = state
        self.updatedAt = time
    }
}

/// An environment variable of a site.
package struct NetlifyVariable: Hashable, Sendable {
    package var key: String
    /// By context, such as `all` or `production`.
    package var values: [String: String]
    package var scopes: [String]
    /// The value of a secret cannot be read back.
    package var isSecret: Bool

    package init(
        _ key: String,
        _ value: String,
        context: String = "all",
        scopes: [String] = ["builds", "functions", "runtime", "post-processing"],
        isSecret: Bool = false
    ) {
        self.key = key
        values = [context: value]
        self.scopes = scopes
        self.isSecret = isSecret
    }

    /// What a build of the production context gets.
    var productionValue: String? { values["production"] ?? values["all"] }
}

/// How long Netlify takes for each step.
package struct NetlifyPace: Hashable, Sendable {
    package var queued: Duration
    package var build: Duration
    package var upload: Duration
    package var processing: Duration

    package init(
        queued: Duration = .seconds(3),
        build: Duration = .seconds(110),
        upload: Duration = .seconds(20),
        processing: Duration = .seconds(10)
    ) {
        self.queued = queued
        self.build = build
        self.upload = upload
        self.processing = processing
    }
}
