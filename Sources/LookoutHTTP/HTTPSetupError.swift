/// Why the HTTP engine cannot be used on this machine: found at start, before any exchange.
package struct HTTPSetupError: Error, CustomStringConvertible {
    /// The closed set of reasons.
    package enum Code: String, CaseIterable, Sendable {
        case libraryTooOld
        /// libcurl was built with another TLS library than OpenSSL.
        case otherTLSLibrary
        /// libcurl was built without a resolver that runs beside the transfers.
        case blockingResolver
        /// The system refused a descriptor, memory or a thread.
        case resources
    }

    package let code: Code
    /// What is wrong and what to do about it.
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
