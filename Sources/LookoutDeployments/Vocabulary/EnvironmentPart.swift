/// The parts of an environment that are published apart.
package enum EnvironmentPart: String, CaseIterable, Hashable, Sendable {
    case frontend
    case backend
    case database
}
