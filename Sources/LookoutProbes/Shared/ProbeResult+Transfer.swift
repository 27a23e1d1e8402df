import LookoutHTTP
import LookoutModel
import LookoutProbing

extension ProbeResult {
    /// The result of a run whose exchange did not come about.
    init(_ error: TransferError, observation: Observation = Observation()) {
        var observation = observation
        observation.certificates = observation.certificates ?? error.certificates
        self.init(error.outcome, timings: error.timings, observation: observation)
    }
}
