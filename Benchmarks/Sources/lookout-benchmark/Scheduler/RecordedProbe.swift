import LookoutModel
import LookoutProbing
import LookoutSettings

/// Notes when it begins, and then does what another probe does, or nothing.
struct RecordedProbe: ProbeType {
    struct Settings: LookoutSettings.Settings {
        static var fields: [Field<Settings>] { [] }
    }

    static let name = "recorded"
    static let summary = "Notes when it begins."
    static let facts: [FactField] = []

    private var begin: @Sendable () -> Void = {}
    private var probe: ConfiguredProbe?

    init(settings: Settings) {}

    /// `probe` is what is done after `begin`; nil for nothing.
    init(_ probe: ConfiguredProbe?, begin: @escaping @Sendable () -> Void) {
        self.begin = begin
        self.probe = probe
    }

    func run(_ context: ProbeContext) async -> ProbeResult {
        begin()
        return await probe?.run(context) ?? ProbeResult(.ok)
    }
}
