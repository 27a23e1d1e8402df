package import LookoutModel

extension Alert {
    /// A person's word that they take care of an alert: it ends with the episode, or earlier.
    ///
    /// It is for what is repeated to people. What is new, a worse severity or the end, is told as ever.
    package struct Acknowledgement: Hashable, Sendable {
        package var author: String
        package var at: Timestamp
        /// Nil is until the end of the episode.
        package var until: Timestamp?
        package var comment: String

        package init(
            by author: String,
            at time: Timestamp,
            until end: Timestamp? = nil,
            comment: String = ""
        ) {
            self.author = author
            self.at = time
            self.until = end
            self.comment = comment
        }

        /// Whether it holds at a time.
        package func isInForce(at time: Timestamp) -> Bool {
            until.map { time < $0 } ?? true
        }
    }

    /// What a receiver knows of an alert.
    package struct Told: Hashable, Sendable {
        package var episode: Int
        package var severity: Severity
        package var isResolved: Bool
        /// Whether it was told that the alert flaps, and not yet that this is over.
        package var isFlapping: Bool
        /// When it was first told of the episode at this severity; nil where that was not noted.
        ///
        /// This and `at` are for measuring waits: on the steady clock of `TellingTime`.
        package var since: Timestamp?
        /// When it was last told anything of the episode; nil where that was not noted.
        package var at: Timestamp?

        package init(
            episode: Int,
            severity: Severity,
            isResolved: Bool = false,
            isFlapping: Bool = false,
            since: Timestamp? = nil,
            at time: Timestamp? = nil
        ) {
            self.episode = episode
            self.severity = severity
            self.isResolved = isResolved
            self.isFlapping = isFlapping
            self.since = since
            self.at = time
        }

        /// The same where a time that is yet to come, from a clock that went wrong, is now; and one that was
        /// not noted too.
        func clamped(to now: Timestamp) -> Told {
            var told = self
            told.since = min(since ?? now, now)
            told.at = min(at ?? now, now)
            return told
        }
    }
}
