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

    /// The samples of one check that started in the range, oldest first.
    func samples(of check: CheckID, in range: Range<Timestamp>) async throws -> [Sample]

    /// Forgets samples that started before a time; the number forgotten.
    func removeSamples(before time: Timestamp) async throws -> Int
}
