package import LookoutAlerting
package import LookoutModel

/// One receiver: how it fares, and what it still has to be told.
package struct ReceiverStatus: Hashable, Sendable {
    package var name: String
    package var type: String
    package var queued: Int
    package var delivered: Int
    /// Notices that were given up.
    package var dead: Int
    /// Notices that were told as part of a later one.
    package var superseded: Int
    /// When the oldest queued notice was made.
    package var oldestQueued: Timestamp?
    package var health: ReceiverHealth
    /// What became of the attempts since the agent started.
    package var numbers: DispatchNumbers

    package init(
        name: String,
        type: String,
        queued: Int,
        delivered: Int = 0,
        dead: Int = 0,
        superseded: Int = 0,
        oldestQueued: Timestamp? = nil,
        health: ReceiverHealth = .working,
        numbers: DispatchNumbers = DispatchNumbers()
    ) {
        self.name = name
        self.type = type
        self.queued = queued
        self.delivered = delivered
        self.dead = dead
        self.superseded = superseded
        self.oldestQueued = oldestQueued
        self.health = health
        self.numbers = numbers
    }
}

extension ReceiverHealth {
    /// `working`, `resting` or `broken`.
    package var name: String {
        switch self {
        case .working: "working"
        case .resting: "resting"
        case .broken: "broken"
        }
    }

    /// Why it is not well.
    package var reason: String? {
        switch self {
        case .working: nil
        case .resting(_, let reason), .broken(_, let reason): reason
        }
    }

    /// Until when it rests, or since when it is broken.
    package var time: Timestamp? {
        switch self {
        case .working: nil
        case .resting(let until, _): until
        case .broken(let since, _): since
        }
    }
}
