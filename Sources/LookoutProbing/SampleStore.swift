package import LookoutModel

/// Where samples are kept: the port that the SQLite adapter fulfils.
///
/// What is stored is the sample without its observation. All methods may throw when the disk
/// does; nobody's verdict about a target may depend on that.
package protocol SampleStore: Sendable {
    /// Stores a batch in one transaction; a sample that is there already is left as it is.
    func append(_ samples: [Sample]) async throws

    /// The newest samples of each check, oldest first, at most `count` of each.
    func newest(_ count: Int) async throws -> [CheckID: [Sample]]

    /// The newest samples of one check, oldest first, at most `count`.
    func newest(_ count: Int, of check: CheckID) async throws -> [Sample]

    /// The samples of one check that started in the range, oldest first.
    func samples(of check: CheckID, in range: Range<Timestamp>) async throws -> [Sample]

    /// How many of a check's runs since a time succeeded and failed, oldest first, by stretches of a length
    /// that are counted from 1970; stretches without such a run are left out.
    ///
    /// Runs that say nothing about the target do not count. The length must be whole microseconds, more than
    /// none.
    func outcomeCounts(
        of check: CheckID,
        since time: Timestamp,
        every length: Duration
    ) async throws -> [OutcomeCount]

    /// Forgets samples that started before a time; the number forgotten.
    func removeSamples(before time: Timestamp) async throws -> Int
}
