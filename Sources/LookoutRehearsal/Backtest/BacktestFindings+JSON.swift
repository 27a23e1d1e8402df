package import LookoutModel

extension BacktestFindings {
    /// The findings for programs: times in RFC 3339, lengths in seconds.
    package var json: JSONValue {
        .object([
            "since": .string(range.lowerBound.rfc3339),
            "until": .string(range.upperBound.rfc3339),
            "against": .string(reference.rawValue),
            "samples": .int(Int64(coverage.samples)),
            "replayed_samples": .int(Int64(replayedSamples)),
            "coverage": coverage.json,
            "rules": .array(rules.map { $0.json(in: range) }),
        ])
    }
}

extension Coverage {
    fileprivate var json: JSONValue {
        .object([
            "share": .double(share),
            "checks": .array(
                checks.sorted { $0.key < $1.key }.map { check, found in
                    .object([
                        "check": .string(check.description),
                        "samples": .int(Int64(found.samples)),
                        "share": .double(share(of: check)),
                    ])
                }
            ),
            "silences": .array(
                silences.map { silence in
                    .object([
                        "environment": .string(silence.environment),
                        "from": .string(silence.time.lowerBound.rfc3339),
                        "to": .string(silence.time.upperBound.rfc3339),
                    ])
                }
            ),
        ])
    }
}

extension BacktestFindings.OfRule {
    fileprivate func json(in range: Range<Timestamp>) -> JSONValue {
        .object([
            "rule": .string(id),
            "after": after.map { $0.json(in: range) } ?? .null,
            "before": before.map { $0.json(in: range) } ?? .null,
            "counts": .object(
                Dictionary(
                    uniqueKeysWithValues: EpisodeChange.Kind.allCases.map {
                        ($0.rawValue, .int(Int64(count($0))))
                    }
                )
            ),
            "changes": .array(changes.map { $0.json(in: range) }),
        ])
    }
}

extension BacktestFindings.Side {
    fileprivate func json(in range: Range<Timestamp>) -> JSONValue {
        var members: [String: JSONValue] = [
            "episodes": .int(Int64(episodes.count)),
            "firing_seconds": .double(firing(in: range).inSeconds),
        ]
        if let replayability {
            members["evaluations"] = .int(Int64(evaluations))
            members["errors"] = .int(Int64(errors))
            members["error"] = currentError.map { .string($0) } ?? .null
            members["replayable"] = replayability.json
        }
        return .object(members)
    }

    /// For how long it fired within a range of time, all episodes together.
    package func firing(in range: Range<Timestamp>) -> Duration {
        episodes.reduce(.zero) { $0 + $1.length(in: range) }
    }
}

extension Replayability {
    fileprivate var json: JSONValue {
        switch self {
        case .unasked: .object(["verdict": "unasked"])
        case .full: .object(["verdict": "full"])
        case .partial(let unjudged, let total, let fields):
            .object([
                "verdict": "partial", "unjudged": .int(Int64(unjudged)), "evaluations": .int(Int64(total)),
                "needs": .array(fields.map { .string($0) }),
            ])
        case .impossible(let fields):
            .object(["verdict": "impossible", "needs": .array(fields.map { .string($0) })])
        case .broken(let error): .object(["verdict": "broken", "error": .string(error)])
        }
    }
}

extension EpisodeChange {
    fileprivate func json(in range: Range<Timestamp>) -> JSONValue {
        .object([
            "kind": .string(kind.rawValue),
            "labels": .object(alert.labels.dictionary.mapValues { .string($0) }),
            "before": .array(before.map { $0.json(in: range) }),
            "after": .array(after.map { $0.json(in: range) }),
        ])
    }
}

extension Episode {
    fileprivate func json(in range: Range<Timestamp>) -> JSONValue {
        .object([
            "began": began.map { .string($0.rfc3339) } ?? .null,
            "ended": ended.map { .string($0.rfc3339) } ?? .null,
            "seconds_in_range": .double(length(in: range).inSeconds),
            "worst_severity": .int(Int64(worst.rawValue)),
        ])
    }
}
