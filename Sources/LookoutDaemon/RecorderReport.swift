import Logging
import LookoutProbing

/// Puts what the recorder reports into the log, each once when it begins or ends.
struct RecorderReport: Sendable {
    let logger: Logger

    func log(_ event: SampleRecorder.Event) {
        switch event {
        case .storeFailed(let reason):
            logger.error(
                "samples cannot be stored; the newest are kept and tried again",
                metadata: ["error": "\(reason)"]
            )
        case .storeRecovered(let dropped):
            logger.notice("samples are stored again", metadata: ["dropped": "\(dropped)"])
        case .retentionFailed(let reason):
            logger.error("old samples cannot be removed; the history grows", metadata: ["error": "\(reason)"])
        case .retentionRecovered:
            logger.notice("old samples are removed again")
        }
    }
}
