import Glibc
package import Logging
import LookoutModel

/// Writes log lines to standard error: the message, then the facts as `key=value` (logfmt).
///
/// Under systemd each line begins with its priority, `<3>`, as sd-daemon(3) asks, and the journal
/// adds the time; elsewhere the line begins with time and level.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let isJournal: Bool
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - level: the least important level that is written.
    ///   - isJournal: whether standard error is the journal.
    ///   - write: takes a whole line with its line end; standard error unless a test looks at it.
    package init(
        level: Logger.Level,
        isJournal: Bool,
        write: @escaping @Sendable (String) -> Void = LineLogHandler.writeToStandardError
    ) {
        logLevel = level
        self.isJournal = isJournal
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let tail = facts.sorted { $0.key < $1.key }
            .map { " \($0.key)=\(Self.quoted("\($0.value)"))" }
            .joined()
        let head =
            isJournal ? "<\(event.level.priority)>" : "\(Self.clock().rfc3339) \(event.level.rawValue) "
        write(head + Self.printable("\(event.message)") + tail + "\n")
    }

    /// One write(2) a line, so that lines of several threads do not mix.
    package static let writeToStandardError: @Sendable (String) -> Void = { line in
        let bytes = Array(line.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    private static func clock() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0 != "\"" && $0 != "=" && $0.value != 0x7f
            }
        return isPlain ? value : JSONValue.string(value).jsonText
    }

    /// Control characters, which a hostile answer could drive a terminal with, are shown as escapes.
    private static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else {
            return text
        }
        return JSONValue.string(text).jsonText
    }
}

extension Logger.Level {
    /// The level as a syslog(3) priority.
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
