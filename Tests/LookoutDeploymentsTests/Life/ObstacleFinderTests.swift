import LookoutModel
import Testing

@testable import LookoutDeployments

@Suite struct ObstacleFinderTests {
    private func service(_ change: (inout HostedService) -> Void = { _ in }) -> HostedService {
        var service = HostedService(id: "srv", name: "backend", branch: "main", deploysByItself: true)
        change(&service)
        return service
    }

    @Test func `nothing known stands in the way of an ordinary push`() {
        var finder = ObstacleFinder(service: service(), branch: "main")
        finder.changedFiles = ["backend/app.py"]
        finder.subject = "feat: sync"
        #expect(finder.obstacles.isEmpty)
    }

    @Test func `a push of which no file is built names the globs`() {
        let filtered = service { $0.buildPaths = ["backend/**"] }
        var finder = ObstacleFinder(service: filtered, branch: "main")
        finder.changedFiles = ["src/main.ts"]
        #expect(finder.obstacles == [.buildFilter(patterns: ["backend/**"])])
        finder.changedFiles = ["src/main.ts", "backend/app.py"]
        #expect(finder.obstacles.isEmpty)
        // Where git cannot tell what changed, nothing is claimed.
        finder.changedFiles = nil
        #expect(finder.obstacles.isEmpty)
    }

    @Test func `the branch, the switch and the words of the message are named`() {
        let odd = service {
            $0.branch = "staging"
            $0.deploysByItself = false
            $0.obstacles = [.suspended(by: "billing")]
        }
        var finder = ObstacleFinder(service: odd, branch: "main")
        finder.subject = "docs [Skip Render]"
        #expect(
            finder.obstacles == [
                .suspended(by: "billing"), .wrongBranch(configured: "staging", expected: "main"),
                .autoDeployOff,
                .skipped(reason: "the commit message says [skip render]"),
            ]
        )
    }
}
