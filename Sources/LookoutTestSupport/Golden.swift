import FoundationEssentials
package import Testing

/// Compares a text with the one recorded in `Goldens/` beside the test file.
///
/// With `RECORD_GOLDEN=1` in the environment the text is written instead, and the test fails, so
/// that a recording is looked at and never passes for a check.
package func expectGolden(
    _ actual: String,
    _ name: String,
    isRecording: Bool = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1",
    filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let folder = SourceTree.realPath(filePath).deletingLastPathComponent().appending(path: "Goldens")
    let file = folder.appending(path: name)
    if isRecording {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(actual.utf8).write(to: file)
            Issue.record("recorded \(file.path()); look at it and run again", sourceLocation: sourceLocation)
        } catch {
            Issue.record("cannot record \(file.path()): \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    guard let data = try? Data(contentsOf: file) else {
        Issue.record(
            "no golden file \(file.path()); RECORD_GOLDEN=1 writes it",
            sourceLocation: sourceLocation
        )
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if let difference = GoldenDifference(expected: expected, actual: actual) {
        Issue.record("\(name): \(difference)", sourceLocation: sourceLocation)
    }
}

/// The first line in which two texts differ.
package struct GoldenDifference: Hashable, CustomStringConvertible {
    package let line: Int
    package let expected: String?
    package let actual: String?

    /// Nil if the texts are the same.
    package init?(expected: String, actual: String) {
        guard expected != actual || !expected.utf8.elementsEqual(actual.utf8) else { return nil }
        let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let same = zip(left, right).prefix { $0.utf8.elementsEqual($1.utf8) }.count
        line = same + 1
        self.expected = same < left.count ? String(left[same]) : nil
        self.actual = same < right.count ? String(right[same]) : nil
    }

    package var description: String {
        """
        line \(line) differs
          expected: \(expected ?? "(end of text)")
          actual:   \(actual ?? "(end of text)")
        """
    }
}
