import LookoutModel
import LookoutStatistics
import Testing

@testable import LookoutDeployments

/// What is different from a world in which everything is met, and what the gate says of it.
struct GateCase: CustomTestStringConvertible, Sendable {
    enum Word: String {
        case go, noGo, unknown, skipped
    }

    let name: String
    let criterion: String
    let word: Word
    /// What stands in the evidence, the remedy or the reason.
    let text: String
    let change: @Sendable (inout GateStory) -> Void

    init(
        _ name: String,
        _ criterion: GateCriterion,
        _ word: Word,
        _ text: String = "",
        _ change: @escaping @Sendable (inout GateStory) -> Void
    ) {
        (self.name, self.criterion, self.word) = (name, criterion.rawValue, word)
        (self.text, self.change) = (text, change)
    }

    var testDescription: String { "\(criterion): \(name)" }
}

extension GateReport.Verdict {
    var word: GateCase.Word {
        switch self {
        case .go: .go
        case .noGo: .noGo
        case .unknown: .unknown
        case .skipped: .skipped
        }
    }
}

extension GateCase {
    static let health = [
        GateCase("one bad minute of thirty", .stagingHealthy, .noGo, "failed 1 of 30 runs") { story in
            story.changeRuns("chat") { runs in
                runs[4] = CheckSample(time: runs[4].time, isOK: false, seconds: 0.4)
            }
        },
        GateCase("a gap of ten minutes", .stagingHealthy, .unknown, "ran 20 of 30 times, 90 % are needed") {
            story in
            story.changeRuns("chat") { $0.removeSubrange(5..<15) }
        },
        GateCase("no run at all", .stagingHealthy, .unknown, "ran 0 of 30 times") { story in
            story.changeRuns("chat") { $0 = [] }
        },
        GateCase("runs that ended minutes ago", .stagingHealthy, .unknown, "ran last") { story in
            story.facts.settings.gate.coverage = 0.5
            story.changeRuns("chat") { $0.removeFirst(6) }
            story.changeCheck("chat") { $0.newest?.startedAt = GateStory.now - .seconds(380) }
        },
        GateCase("a failure before the window", .stagingHealthy, .go, "30 runs, all well") { story in
            story.changeRuns("chat") { runs in
                runs.append(CheckSample(time: GateStory.now.inSeconds - 1900, isOK: false, seconds: nil))
            }
        },
        GateCase("a newest run that says nothing", .stagingHealthy, .unknown, "no descriptors") { story in
            story.changeCheck("chat") { $0.newest?.outcome = .error("no descriptors") }
        },
        GateCase("the history does not answer", .stagingHealthy, .unknown, "does not answer") { story in
            story.facts.staging?.runs = GateStory.unknown()
        },
        GateCase("no check at all", .stagingHealthy, .unknown, "no check watches it") { story in
            story.facts.staging?.checks = GateStory.known([])
        },
        GateCase("no staging", .stagingHealthy, .unknown, "no staging environment") { story in
            story.facts.staging = nil
        },
        GateCase("an alert fires", .stagingStable, .noGo, "BackendDown (severity 1): down, fires since") {
            story in
            story.facts.staging?.alerts = GateStory.known([alert(isFiring: true)])
        },
        GateCase("an alert has come and gone", .stagingStable, .noGo, "and is over") { story in
            story.facts.staging?.alerts = GateStory.known([alert(isFiring: false)])
        },
        GateCase("flapping without an alert", .stagingStable, .noGo, "changed 4 times") { story in
            story.changeRuns("frontend") { runs in
                for index in [3, 9] {
                    runs[index] = CheckSample(time: runs[index].time, isOK: false, seconds: 1)
                }
            }
        },
        GateCase("alerts are not known", .stagingStable, .unknown, "does not answer") { story in
            story.facts.staging?.alerts = GateStory.unknown()
        },
        GateCase("CORS fails", .stagingCORS, .noGo, "no Access-Control-Allow-Origin") { story in
            story.changeCheck("api-cors") {
                $0.newest?.outcome = .failed(Failure(.header, "no Access-Control-Allow-Origin"))
            }
        },
        GateCase("CORS is not watched", .stagingCORS, .unknown, "add a probe with `cors:`") { story in
            let others = story.facts.staging?.checks.value?.filter { $0.check.type != "cors" } ?? []
            story.facts.staging?.checks = GateStory.known(others)
        },
        GateCase("the socket is offline for us", .stagingWebSocket, .unknown, "offline") { story in
            story.changeCheck("chat") { $0.newest?.outcome = .inconclusive("Lookout is offline") }
        },
        GateCase("the socket has not run", .stagingWebSocket, .unknown, "has not run yet") { story in
            story.changeCheck("chat") { $0.newest = nil }
        },
        GateCase("two of thirty pages took 3.1 s", .stagingPages, .noGo, "at most 3.10 s, the limit is 3s") {
            story in
            story.changeRuns("frontend") { runs in
                for index in 0..<2 {
                    runs[index] = CheckSample(time: runs[index].time, isOK: true, seconds: 3.1)
                }
            }
        },
        GateCase("one of thirty pages took 9 s", .stagingPages, .go, "at most 0.40 s") { story in
            story.changeRuns("frontend") { $0[0] = CheckSample(time: $0[0].time, isOK: true, seconds: 9) }
        },
        GateCase("pages of exactly 3 s", .stagingPages, .noGo, "at most 3.00 s") { story in
            story.changeRuns("frontend") {
                $0 = $0.map { CheckSample(time: $0.time, isOK: true, seconds: 3) }
            }
        },
        GateCase("pages without times", .stagingPages, .unknown, "no load was timed") { story in
            story.changeRuns("frontend") {
                $0 = $0.map { CheckSample(time: $0.time, isOK: true, seconds: nil) }
            }
        },
    ]

    private static func alert(isFiring: Bool) -> WatchedAlert {
        WatchedAlert(
            rule: "BackendDown",
            labels: ["environment": "staging"],
            severity: .outage,
            summary: "down",
            isFiring: isFiring,
            since: GateStory.now - .seconds(600)
        )
    }
}
