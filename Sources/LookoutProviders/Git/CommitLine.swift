import LookoutDeployments
import LookoutModel

/// One line of git-rev-list(1) in a format that no name and no message can break.
enum CommitLine {
    /// Zero bytes and line ends stand neither in names nor in the first line of a message.
    static let format = "--format=%H%x00%P%x00%ct%x00%an%x00%s"

    private static let maximumTextBytes = 4096
    /// The last second of the year 9999: commits may claim any time.
    private static let lastSecond: Int64 = 253_402_300_799

    static func commits(in output: [UInt8]) throws(ProviderFailure) -> [Commit] {
        var commits: [Commit] = []
        for line in output.split(separator: UInt8(ascii: "\n")) {
            guard let commit = commit(line) else { throw .unexpected("git rev-list answered something else") }
            commits.append(commit)
        }
        return commits
    }

    private static func commit(_ line: ArraySlice<UInt8>) -> Commit? {
        let fields = line.split(separator: 0, omittingEmptySubsequences: false)
        guard fields.count == 5 else { return nil }
        let texts = fields.map { String(decoding: $0.prefix(maximumTextBytes), as: UTF8.self) }
        guard let id = CommitID(texts[0]) else { return nil }
        let names = String(decoding: fields[1], as: UTF8.self).split(separator: " ")
        let parents = names.compactMap { CommitID($0) }
        guard parents.count == names.count else { return nil }
        let seconds = min(max(Int64(texts[2]) ?? 0, 0), lastSecond)
        return Commit(
            id,
            parents: parents,
            subject: texts[4],
            author: texts[3],
            at: Timestamp(seconds: seconds)
        )
    }
}
