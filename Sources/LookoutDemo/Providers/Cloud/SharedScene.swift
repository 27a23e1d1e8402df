package import LookoutModel
import Synchronization

/// One scene that many ask at the same time, at the time of a timekeeper.
package final class SharedScene: Sendable {
    private let scene: Mutex<DemoScene>
    private let timekeeper: any Timekeeper

    package init(_ scene: DemoScene, timekeeper: any Timekeeper) {
        self.scene = Mutex(scene)
        self.timekeeper = timekeeper
    }

    /// Looks at the scene, or changes it, at the time that it is now.
    package func change<Result: Sendable>(_ body: (inout DemoScene, Timestamp) -> Result) -> Result {
        let now = timekeeper.now.wall
        return scene.withLock { body(&$0, now) }
    }

    /// A part of the scene as a site, for a port or a virtual network.
    package func site(_ place: DemoPlace) -> any DemoSite {
        SharedSceneSite(scene: self, place: place)
    }
}

/// A part of a shared scene.
private struct SharedSceneSite: DemoSite {
    let scene: SharedScene
    let place: DemoPlace

    func reply(to request: DemoRequest) async -> DemoReply {
        scene.change { scene, now in scene.reply(to: request, at: place, now: now) }
    }

    func chat(for request: DemoRequest) -> DemoChat? {
        scene.change { scene, _ in scene.chat(for: request, at: place) }
    }
}
