import Foundation
import GRDB
import LookoutAlerting
import LookoutDemo
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

extension EndToEnd {
    @Suite struct Crashes {
        /// Rounds of kill -9: 10 here; `LOOKOUT_CRASH_ROUNDS` asks for more.
        static let rounds =
            ProcessInfo.processInfo.environment["LOOKOUT_CRASH_ROUNDS"].flatMap(Int.init) ?? 10

        @Test(.timeLimit(.minutes(60)))
        func `kill -9 while receivers fail loses no alert and leaves databases that open`() async throws {
            let world = try await DemoWorld()
            let seed = UInt64.random(in: .min ... .max)
            var generator = SeededGenerator(seed: seed)
            let moody = try MoodyEndpoint(seed: seed)
            defer { moody.stop() }
            try world.addReceiver("moody", "alertmanager_webhook: {url: \"\(moody.url)\"}")
            let faults = DemoFaults.promises.map(\.fault).filter {
                !$0.contains("slow") && !$0.contains("hanging")
            }
            for _ in 0..<Self.rounds {
                let daemon = try await world.startDaemon()
                let fault = faults.randomElement(using: &generator) ?? faults[0]
                world.stack.inject(try DemoFault(parsing: "production.\(fault)"))
                let deadline =
                    ContinuousClock.now + .milliseconds(Int.random(in: 0...2500, using: &generator))
                try await eventually("a random moment has come") { ContinuousClock.now >= deadline }
                daemon.signal(SIGKILL)
                #expect(try await daemon.exitCode() == -SIGKILL)
                world.stack.mend()
            }
            moody.recover()
            let daemon = try await world.startDaemon()
            try await eventually("everything is told: seed \(seed)", within: .seconds(120)) {
                let view = try await AgentView(world)
                return view.firing.isEmpty && view.queued == 0 && view.outcomes.allSatisfy { $0 == "ok" }
            }
            daemon.signal(SIGTERM)
            #expect(try await daemon.exitCode() == 0)

            let committed = try Self.committedEpisodes(world.folder.path("data/alerts.db"))
            let told = [world.stack.received, moody.accepted].map { $0.flatMap(ToldEpisode.read) }
            let repeats = moody.acceptedKeys.count - Set(moody.acceptedKeys).count
            print(
                "crash rounds: \(Self.rounds), episodes: \(committed.count), messages: \(told.map(\.count)), "
                    + "repeated: \(repeats), attempts refused: \(moody.refusals), seed \(seed)"
            )
            // One that another may explain waits for its word, and may be over before that is spoken.
            let independent = committed.filter(\.parents.isEmpty)
            for (rule, episodes) in Dictionary(grouping: independent, by: \.rule) {
                for messages in told {
                    let own = messages.filter { $0.rule == rule }
                    #expect(
                        Set(own.map(\.startsAt)).count >= episodes.count,
                        "\(rule) fired \(episodes.count) times and was told as \(own); seed \(seed)"
                    )
                }
            }
            // In order for each alert; a rule may have one for each of several probes.
            for messages in told {
                for (alert, own) in Dictionary(grouping: messages, by: { "\($0.rule) of \($0.probe)" }) {
                    let starts = own.map(\.startsAt)
                    #expect(own.last?.status == "resolved", "\(alert) ends as \(own); seed \(seed)")
                    #expect(starts == starts.sorted(), "\(alert) is told out of order; seed \(seed)")
                }
            }
            try Self.expectIntact(world.folder.path("data/history.db"))
        }

        /// An alert of a message, with the beginning of its episode.
        private struct ToldEpisode {
            let rule: String
            let probe: String
            let status: String
            let startsAt: String

            static func read(_ message: String) -> [ToldEpisode] {
                guard let json = try? JSONValue(parsing: Array(message.utf8)),
                    case .array(let alerts)? = json["alerts"]
                else { return [] }
                return alerts.map { alert in
                    ToldEpisode(
                        rule: alert["labels"]?["alertname"]?.string ?? "",
                        probe: alert["labels"]?["probe"]?.string ?? "",
                        status: alert["status"]?.string ?? "",
                        startsAt: alert["startsAt"]?.string ?? ""
                    )
                }
            }
        }

        /// A transition to firing that is on the disk.
        private struct Episode {
            let rule: String
            let parents: [String]
        }

        /// Every transition to firing that is on the disk; the file must be intact.
        private static func committedEpisodes(_ path: String) throws -> [Episode] {
            try expectIntact(path)
            let rows = try DatabaseQueue(path: path).read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT alerts.document FROM transitions JOIN alerts ON alerts.key = transitions.alert
                        WHERE to_state = 'firing' AND from_state IS NOT 'recovering'
                          AND from_state IS NOT 'firing'
                        """
                )
            }
            return try rows.map { row in
                let text: String = row["document"]
                let alert = try Alert(document: try JSONValue(parsing: Array(text.utf8)))
                return Episode(rule: alert.id.rule, parents: alert.parents)
            }
        }

        private static func expectIntact(_ path: String) throws {
            let verdict = try DatabaseQueue(path: path).read { database in
                try String.fetchOne(database, sql: "PRAGMA integrity_check")
            }
            #expect(verdict == "ok", "\(path) is damaged")
        }
    }
}
