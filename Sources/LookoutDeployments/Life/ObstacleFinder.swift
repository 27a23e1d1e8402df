import LookoutModel

/// Explains the deploy that did not happen, by how the provider is set up and what was pushed.
struct ObstacleFinder {
    /// Words in a commit's message that ask for no build.
    private static let skipWords = [
        "[skip ci]", "[ci skip]", "[skip netlify]", "[netlify skip]", "[skip render]", "[render skip]",
        "[skip deploy]",
    ]

    let service: HostedService
    /// The branch that should be deployed.
    let branch: String
    /// What the push changed; nil if git cannot tell.
    var changedFiles: [String]?
    /// The first line of the message of what was pushed.
    var subject: String?

    init(service: HostedService, branch: String) {
        self.service = service
        self.branch = branch
    }

    /// Everything that stands in the way; empty if nothing is known to.
    var obstacles: [Obstacle] {
        var obstacles = service.obstacles
        if let configured = service.branch, configured != branch {
            obstacles.append(.wrongBranch(configured: configured, expected: branch))
        }
        if service.deploysByItself == false, !obstacles.contains(.autoDeployOff) {
            obstacles.append(.autoDeployOff)
        }
        if let subject = subject?.lowercased(),
            let word = Self.skipWords.first(where: { subject.contains($0) })
        {
            obstacles.append(.skipped(reason: "the commit message says \(word)"))
        }
        if let changedFiles, !changedFiles.isEmpty, BuildFilter(service).triggers(changedFiles).isEmpty {
            var patterns = service.buildPaths + service.ignoredPaths.map { "not \($0)" }
            if let root = service.rootFolder, service.buildPaths.isEmpty { patterns.append("\(root)/**") }
            obstacles.append(.buildFilter(patterns: patterns))
        }
        return obstacles
    }
}
