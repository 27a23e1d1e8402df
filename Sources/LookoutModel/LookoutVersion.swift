/// The version of the program, as `lookout --version` and the metrics say it.
package enum LookoutVersion {
    package static let current = "0.1.0"
}
