/// What clocks on the wall show for a while: how far from UTC, and under which name.
package struct ZonePeriod: Hashable, Sendable {
    /// Seconds east of Greenwich.
    package let offset: Int
    /// As the zone's own people write it, such as `CET` or `+03`.
    package let abbreviation: String

    package init(offset: Int, abbreviation: String) {
        self.offset = offset
        self.abbreviation = abbreviation
    }
}
