package import LookoutModel

/// Why an exchange or a connection did not come about.
///
/// `.target` says something about the peer and becomes a failed sample; `.local` says that
/// Lookout could not ask and becomes a sample with outcome `error`.
package struct TransferError: Error, Sendable {
    /// Whose fault it is.
    package enum Cause: Hashable, Sendable {
        case target(FailureClass)
        case local
        /// The request forbids the address that the target has.
        case forbidden
        /// The task was cancelled.
        case cancelled
    }

    package var cause: Cause
    /// What happened, in one sentence, without secrets and without paths of this machine's build.
    package var message: String
    /// The phases that were reached.
    package var timings: Timings
    /// The chain that the server presented, also where it was the reason.
    package var certificates: CertificateChain?

    package init(
        _ cause: Cause,
        _ message: String,
        timings: Timings = Timings(),
        certificates: CertificateChain? = nil
    ) {
        self.cause = cause
        self.message = message
        self.timings = timings
        self.certificates = certificates
    }

    /// The outcome of a run that ended with this error.
    package var outcome: Outcome {
        switch cause {
        case .target(let kind): .failed(Failure(kind, message))
        case .local, .forbidden: .error(message)
        case .cancelled: .inconclusive("cancelled")
        }
    }
}
