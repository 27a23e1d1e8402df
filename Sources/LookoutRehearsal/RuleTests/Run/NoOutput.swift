import LookoutAlerting
import LookoutModel

/// Standard output as a rehearsal has it: nowhere.
struct NoOutput: LineOutput {
    var showsColor: Bool { false }
    func write(_ text: String, timekeeper: any Timekeeper) async throws {}
}
