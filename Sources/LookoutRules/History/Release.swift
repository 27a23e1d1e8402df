package import LookoutModel

/// A version that was put on an environment at some time.
package struct Release: Hashable, Sendable {
    /// What it is called by whoever tells of it; its version, where only samples tell.
    package let id: String
    /// The version as the environment reports it; nil while nobody has said.
    package var version: String?
    /// When it began.
    package var beganAt: Timestamp

    package init(id: String, version: String?, beganAt: Timestamp) {
        self.id = id
        self.version = version
        self.beganAt = beganAt
    }

    /// For so long an environment is watched more closely.
    package static let watch = Duration.seconds(30 * 60)
}

/// What is known of an environment's newest deployment, from those who deploy or from the versions that
/// its checks report.
package struct ReleaseRecord: Hashable, Sendable {
    package private(set) var newest: Release?

    package init() {}

    /// Takes in a deployment that somebody tells of; an older one than the newest changes nothing.
    package mutating func note(_ release: Release) {
        if let newest, release.beganAt < newest.beganAt { return }
        newest = release
    }

    /// Takes in that a check has another version than before, from the sample that began at a time.
    ///
    /// Checks see the same deployment one after the other: the first of them says when it began.
    package mutating func noteChange(to version: String, at time: Timestamp) {
        guard var current = newest else {
            newest = Release(id: version, version: version, beganAt: time)
            return
        }
        if current.version == version {
            // Histories are taken in check by check, so an earlier sighting may come later.
            if current.id == version, time < current.beganAt { current.beganAt = time }
        } else if current.version == nil, time >= current.beganAt, time - current.beganAt < Release.watch {
            current.version = version
        } else if time > current.beganAt {
            current = Release(id: version, version: version, beganAt: time)
        }
        newest = current
    }
}
