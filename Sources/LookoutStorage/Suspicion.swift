import Glibc

/// A mark beside a database that says: damage was seen while it was in use.
///
/// Reading all of a large history at each start to look for damage would take minutes; a mark left by
/// the access that met it takes nothing.
struct Suspicion: Sendable {
    private let path: String

    init(of database: String) {
        path = database + ".suspect"
    }

    var isRaised: Bool { access(path, F_OK) == 0 }

    /// Leaves the mark if the folder lets it; without it the damage is simply met again.
    func raise() {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
    }

    func clear() {
        unlink(path)
    }
}
