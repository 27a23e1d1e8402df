import Foundation
import LookoutAlerting
import LookoutConfiguration
import LookoutModel
import LookoutProbing
import LookoutSettings
import LookoutTestSupport

extension ScratchFolder {
    /// Writes a file, making the folders in between; its path.
    @discardableResult
    func place(_ name: String, _ text: String) throws -> String {
        try place(name, bytes: Array(text.utf8))
    }

    @discardableResult
    func place(_ name: String, bytes: [UInt8]) throws -> String {
        let url = URL(filePath: file(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: url)
        return file(name)
    }
}

/// A probe type with a required, an optional and a secret setting; its outcome shows them.
struct WebProbe: ProbeType {
    struct Settings: LookoutSettings.Settings {
        var url = ""
        var status = 200
        var token: Secret?

        static var fields: [Field<Settings>] {
            [
                Field("url", \.url, "Where to ask.", required: true),
                Field("status", \.status, "The expected status.", in: 100...599),
                Field("token", \.token, "A bearer token."),
            ]
        }
    }

    static let name = "http"
    static let summary = "Asks over HTTP."
    static let facts: [FactField] = []

    let settings: Settings

    func run(_ context: ProbeContext) async -> ProbeResult {
        let token = settings.token.map { " " + $0.reveal() } ?? ""
        return ProbeResult(.error("\(settings.url) \(settings.status)\(token)"))
    }
}

/// A probe type without required settings.
struct EchoProbe: ProbeType {
    struct Settings: LookoutSettings.Settings {
        var count = 1

        static var fields: [Field<Settings>] { [Field("count", \.count, "How often.")] }
    }

    static let name = "echo"
    static let summary = "Asks for an echo."
    static let facts: [FactField] = []

    init(settings: Settings) {}

    func run(_ context: ProbeContext) async -> ProbeResult { ProbeResult(.ok) }
}

struct HookReceiver: ReceiverType {
    struct Settings: LookoutSettings.Settings {
        var url: Secret?

        static var fields: [Field<Settings>] { [Field("url", \.url, "Where to post.")] }
    }

    static let name = "hook"
    static let summary = "Posts to a URL."

    init(name: String, settings: Settings) {}

    func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict { .delivered }
}

struct ScreenReceiver: ReceiverType {
    struct Settings: LookoutSettings.Settings {
        static var fields: [Field<Settings>] { [] }
    }

    static let name = "screen"
    static let summary = "Writes to the screen."

    init(name: String, settings: Settings) {}

    func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict { .delivered }
}

/// A loader of the types above and its results for texts.
struct LoaderFixture {
    static let probes = ProbeRegistry([WebProbe.self, EchoProbe.self])
    static let receivers = ReceiverRegistry([HookReceiver.self, ScreenReceiver.self])

    let directory: ScratchFolder
    var environment: [String: String] = [:]
    var stateDirectory: String?

    init() throws {
        directory = try ScratchFolder("configuration")
    }

    func load(_ path: String) -> (configuration: Configuration?, messages: [String]) {
        let environment = environment
        let loader = ConfigurationLoader(
            probes: Self.probes,
            receivers: Self.receivers,
            secrets: SystemSecrets { environment[$0] },
            stateDirectory: stateDirectory
        )
        let (configuration, diagnostics) = loader.load(path)
        // The place of the temporary directory says nothing.
        let messages = diagnostics.sorted.map { $0.rendered.replacing("\(directory.path)/", with: "") }
        return (configuration, messages)
    }

    func load(text: String) throws -> (configuration: Configuration?, messages: [String]) {
        load(try directory.place("lookout.yaml", text))
    }

    func load(bytes: [UInt8]) throws -> (configuration: Configuration?, messages: [String]) {
        load(try directory.place("lookout.yaml", bytes: bytes))
    }
}
