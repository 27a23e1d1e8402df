/// What was seen around a judgement, in words for people: it goes along with what they are told.
package struct Evidence: Hashable, Sendable {
    /// Something that was seen, and when.
    package struct Line: Hashable, Sendable {
        package var at: Timestamp
        /// One line, such as `failed after 10.0 s: timeout` or `version 2.0.3 → 2.0.4`.
        package var text: String

        package init(at time: Timestamp, _ text: String) {
            self.at = time
            self.text = text
        }
    }

    /// The last samples of the check, oldest first, that which was judged included.
    package var samples: [Line]
    /// What changed lately: deployments and versions, oldest first.
    package var changes: [Line]

    package init(samples: [Line] = [], changes: [Line] = []) {
        self.samples = samples
        self.changes = changes
    }

    package var isEmpty: Bool { samples.isEmpty && changes.isEmpty }
}
