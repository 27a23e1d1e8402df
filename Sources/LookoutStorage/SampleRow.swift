import GRDB
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

    /// What `sample(_:of:)` reads, in its order.
    static let columns = """
        started_at, outcome, failure, message, \
        dns, connect, tls, first_byte, transfer, total, attempts, status, version
        """

    /// The arguments of `insertion`, which take their number and types from here alone.
    static func arguments(_ sample: Sample, check: Int64) -> StatementArguments {
        let timings = sample.timings
        let values: [(any DatabaseValueConvertible)?] = [
            check,
            sample.startedAt.microseconds,
            OutcomeCode(sample.outcome).rawValue,
            sample.outcome.failure?.kind.rawValue,
            sample.outcome.message.map { StoredText.bounded($0, to: messageLimit) },
            timings.dns?.microseconds,
            timings.connect?.microseconds,
            timings.tls?.microseconds,
            timings.firstByte?.microseconds,
            timings.transfer?.microseconds,
            timings.total.microseconds,
            sample.attempts,
            sample.statusCode,
            sample.version.map { StoredText.bounded($0, to: versionLimit) },
        ]
        return StatementArguments(values)
    }

    /// The sample of a row that holds `columns`.
    static func sample(_ row: Row, of check: CheckID) -> Sample {
        Sample(
            check: check,
            startedAt: Timestamp(microseconds: row[0]),
            outcome: outcome(code: row[1], failure: row[2], message: row[3]),
            timings: Timings(
                dns: duration(row[4]),
                connect: duration(row[5]),
                tls: duration(row[6]),
                firstByte: duration(row[7]),
                transfer: duration(row[8]),
                total: .microseconds(row[9] as Int64)
            ),
            attempts: row[10],
            statusCode: row[11],
            version: row[12]
        )
    }

    /// What each outcome is called in the column `outcome`; ok is 0, which takes no room in a row.
    private enum OutcomeCode: Int {
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

    /// An outcome from a version with more outcomes or failure classes says nothing here; it must
    /// not keep the rows around it from being read.
    private static func outcome(code: Int, failure: String?, message: String?) -> Outcome {
        let message = message ?? ""
        switch OutcomeCode(rawValue: code) {
        case .ok: return .ok
        case .error: return .error(message)
        case .inconclusive: return .inconclusive(message)
        case .failed:
            if let kind = failure.flatMap(FailureClass.init) { return .failed(Failure(kind, message)) }
        case nil: break
        }
        return .inconclusive("stored with an outcome that this version does not know: \(message)")
    }

    private static func duration(_ microseconds: Int64?) -> Duration? {
        microseconds.map { .microseconds($0) }
    }
}
