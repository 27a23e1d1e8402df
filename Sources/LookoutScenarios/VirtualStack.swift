import LookoutDemo
import LookoutModel

/// The simulated stack with its providers, on the network inside of the process.
struct VirtualStack: Sendable {
    /// Where the sites are, without a slash at the end.
    static let addresses = [
        "production": DemoAddresses(
            frontend: "https://wheelsandwins.test",
            backend: "https://pam-backend.test"
        ),
        "staging": DemoAddresses(
            frontend: "https://wheels-wins-staging.test",
            backend: "https://wheels-wins-backend-staging.test"
        ),
    ]

    let scene: SharedScene
    private let network: VirtualNetwork

    /// Puts the standard cloud, with a month behind it, on the network.
    init(on network: VirtualNetwork, timekeeper: any Timekeeper) {
        self.network = network
        let cloud = StandardCloud(start: timekeeper.now.wall, addresses: Self.addresses).cloud
        scene = SharedScene(DemoScene(addresses: Self.addresses, cloud: cloud), timekeeper: timekeeper)
        for (index, place) in Self.places.enumerated() {
            network.add(
                scene.site(place),
                at: Self.authority(of: place),
                latency: LatencyModel(seed: UInt64(index + 1))
            )
        }
    }

    /// Changes the scene, as its people do, and lets the network follow.
    func change<Result: Sendable>(
        _ body: (inout DemoScene, Timestamp) -> Result
    ) -> Result {
        let (result, refusing) = scene.change { scene, now in
            let result = body(&scene, now)
            return (result, Self.places.filter { !scene.isListening($0) })
        }
        for place in Self.places {
            network.setRefusing(refusing.contains(place), at: Self.authority(of: place))
        }
        return result
    }

    /// Git as the code host has it.
    var repository: VirtualRepository {
        VirtualRepository(
            history: { scene.change { scene, _ in scene.cloud?.github.history ?? DemoHistory() } },
            create: { branch, commit in
                scene.change { scene, now in
                    guard let history = scene.cloud?.github.history, history.branches[branch] == nil,
                        history.revisions[commit] != nil
                    else { return false }
                    scene.cloud?.github.move(branch, to: commit, at: now)
                    return true
                }
            }
        )
    }

    /// Where a provider's API is.
    static func url(of provider: ProviderName) -> String {
        "http://\(authority(of: .provider(provider)))"
    }

    /// The status pages, as they are configured.
    var statusPages: [String: String] {
        let names = ProviderName.allCases.filter { $0 != .status }.map(\.rawValue)
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, "\(Self.url(of: .status))/\($0)") }
        )
    }

    private static let places: [DemoPlace] =
        addresses.keys.sorted().flatMap { [.frontend($0), .backend($0)] }
        + ProviderName.allCases.map(DemoPlace.provider)

    private static func authority(of place: DemoPlace) -> String {
        let url =
            switch place {
            case .frontend(let environment): addresses[environment]?.frontend ?? ""
            case .backend(let environment): addresses[environment]?.backend ?? ""
            case .provider(let name): "http://localhost:\(port(of: name))"
            }
        return String(url.drop { $0 != "/" }.dropFirst(2))
    }

    /// Tokens go to this machine alone where there is no TLS.
    private static func port(of provider: ProviderName) -> Int {
        4000 + (ProviderName.allCases.firstIndex(of: provider) ?? 0)
    }
}
