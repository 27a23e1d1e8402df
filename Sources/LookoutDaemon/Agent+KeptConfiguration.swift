import Logging
import LookoutConfiguration
import LookoutDashboard
import LookoutModel
import LookoutSettings

extension Agent {
    /// Keeps what is in force, for a start at which the file is wrong.
    ///
    /// A configuration with a secret in clear is not kept, nor the one before it: secrets are never stored.
    func keep(_ configuration: Configuration) {
        do throws(PrivateFile.Failure) {
            if let secret = configuration.sources.plainSecrets.first {
                try keptConfiguration.remove()
                logger.info(
                    "the configuration is not kept, since it holds a secret in clear; a start with a wrong file will fail",
                    metadata: ["place": "\(secret)"]
                )
            } else {
                try keptConfiguration.keep(
                    KeptConfiguration(configuration.sources, adoptedAt: journal.status.loadedAt)
                )
            }
        } catch {
            logger.warning(
                "the configuration cannot be kept; a start with a wrong file will fail or use an older one",
                metadata: ["path": "\(keptConfiguration.path)", "error": "\(error)"]
            )
        }
    }

    /// Says that the file is wrong and what is in force in its place.
    func report(_ refusal: StartingConfiguration.Refusal) {
        log(refusal.errors)
        logger.error(
            "the configuration is wrong; starting with the last one that was right",
            metadata: [
                "path": "\(options.configurationPath)", "errors": "\(refusal.errors.count)",
                "adopted": "\(refusal.adoptedAt.rfc3339)", "kept": "\(keptConfiguration.path)",
            ]
        )
        journal.refuse(refusal.errors.first?.rendered ?? "unknown")
    }
}
