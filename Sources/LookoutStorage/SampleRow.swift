import LookoutModel

/// How a sample is written as a row of `samples` and read back.
enum SampleRow {
    /// How many bytes of a message and of a version are kept.
    static let messageLimit = 4096
    static let versionLimit = 256

    static let insertion = """
        INSERT INTO samples (check_id, \(columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (check_id, started_at) DO NOTHING
        """

    /// What a `Reader` reads, in its order.
    static let columns = """
        started_at, outcome, failure, message, \
        dns, connect, tls, first_byte, transfer, total, attempts, status, version
        """

    /// The newest samples of a check, newest first.
    static let newest = """
        SELECT \(columns) FROM samples WHERE check_id = ? ORDER BY started_at DESC LIMIT ?
        """

    /// The samples of a check that began in a range of time, oldest first.
    static let selection = """
        SELECT \(columns) FROM samples
        WHERE check_id = ? AND started_at >= ? AND started_at < ? ORDER BY started_at
        """

    /// How many of a check's runs since a time said something, and how many of those failed, by stretches of
    /// a length in microseconds, oldest first.
    static let counting = """
        SELECT started_at - (started_at % ?3 + ?3) % ?3 AS stretch,
            count(*), sum(outcome = \(OutcomeCode.failed.rawValue))
        FROM samples
        WHERE check_id = ?1 AND started_at >= ?2
            AND outcome IN (\(OutcomeCode.ok.rawValue), \(OutcomeCode.failed.rawValue))
        GROUP BY stretch ORDER BY stretch
        """

    /// Gives `selection` its arguments.
    static func bind(_ check: Int64, _ range: Range<Timestamp>, _ selection: RawStatement) {
        selection.bind(check, at: 1)
        selection.bind(range.lowerBound.microseconds, at: 2)
        selection.bind(range.upperBound.microseconds, at: 3)
    }

    /// Executes `insertion` for a sample.
    static func insert(_ sample: Sample, check: Int64, _ insertion: RawStatement) throws {
        let failure = sample.outcome.failure?.kind.rawValue
        let message = sample.outcome.message.map { StoredText.bounded($0, to: messageLimit) }
        let version = sample.version.map { StoredText.bounded($0, to: versionLimit) }
        let timings = sample.timings
        try insertion.binding(failure, at: 4) {
            try insertion.binding(message, at: 5) {
                try insertion.binding(version, at: 14) {
                    insertion.bind(check, at: 1)
                    insertion.bind(sample.startedAt.microseconds, at: 2)
                    insertion.bind(OutcomeCode(sample.outcome).rawValue, at: 3)
                    insertion.bind(timings.dns?.microseconds, at: 6)
                    insertion.bind(timings.connect?.microseconds, at: 7)
                    insertion.bind(timings.tls?.microseconds, at: 8)
                    insertion.bind(timings.firstByte?.microseconds, at: 9)
                    insertion.bind(timings.transfer?.microseconds, at: 10)
                    insertion.bind(timings.total.microseconds, at: 11)
                    insertion.bind(Int64(sample.attempts), at: 12)
                    insertion.bind(sample.statusCode.map(Int64.init), at: 13)
                    _ = try insertion.step()
                }
            }
        }
    }

    /// Makes the samples of one check of rows that begin with `columns`.
    struct Reader {
        /// A year: what a damaged row says beyond it must not make sums of times overflow.
        private static let longestRun: Int64 = 365 * 86_400 * 1_000_000

        let check: CheckID
        private var failures = RepeatedText()
        private var messages = RepeatedText()
        private var versions = RepeatedText()

        init(check: CheckID) {
            self.check = check
        }

        /// The sample of the current row.
        mutating func sample(_ row: RawStatement) -> Sample {
            Sample(
                check: check,
                startedAt: Timestamp(microseconds: row.int64(0)),
                outcome: outcome(row),
                timings: Timings(
                    dns: Self.duration(row.optionalInt64(4)),
                    connect: Self.duration(row.optionalInt64(5)),
                    tls: Self.duration(row.optionalInt64(6)),
                    firstByte: Self.duration(row.optionalInt64(7)),
                    transfer: Self.duration(row.optionalInt64(8)),
                    total: .microseconds(min(max(0, row.int64(9)), Self.longestRun))
                ),
                attempts: Int(row.int64(10)),
                statusCode: row.optionalInt64(11).map { Int($0) },
                version: row.text(12).map { versions.text($0) }
            )
        }

        /// When the run of the current row ended, in microseconds.
        static func end(_ row: RawStatement) -> Int64 {
            row.int64(0) &+ row.int64(9)
        }

        /// An outcome from a version with more outcomes or failure classes says nothing here; it must
        /// not keep the rows around it from being read.
        private mutating func outcome(_ row: RawStatement) -> Outcome {
            let code = OutcomeCode(rawValue: row.int64(1))
            if code == .ok { return .ok }
            let message = row.text(3).map { messages.text($0) } ?? ""
            switch code {
            case .ok: return .ok
            case .error: return .error(message)
            case .inconclusive: return .inconclusive(message)
            case .failed:
                let name = row.text(2).map { failures.text($0) }
                if let kind = name.flatMap(FailureClass.init) { return .failed(Failure(kind, message)) }
            case nil: break
            }
            return .inconclusive("stored with an outcome that this version does not know: \(message)")
        }

        private static func duration(_ microseconds: Int64?) -> Duration? {
            microseconds.map { .microseconds($0) }
        }
    }

    /// What each outcome is called in the column `outcome`; ok is 0, which takes no room in a row.
    private enum OutcomeCode: Int64 {
        case ok = 0
        case failed = 1
        case error = 2
        case inconclusive = 3

        init(_ outcome: Outcome) {
            self =
                switch outcome {
                case .ok: .ok
                case .failed: .failed
                case .error: .error
                case .inconclusive: .inconclusive
                }
        }
    }
}
