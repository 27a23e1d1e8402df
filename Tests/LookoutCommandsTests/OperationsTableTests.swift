import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutCommands

@Suite struct OperationsTables {
    private static let now = Timestamp(seconds: 1_795_348_800)

    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    private static let alert = """
        {"id": "5618f1c795520000111122223333444455556666777788889999aaaabbbbcccc", "episode": 4,
         "rule": "backend-down", "severity": 1, "state": "firing", "summary": "Backend answers 503",
         "labels": {"environment": "production", "probe": "backend-health", "team": "web"},
         "pending_since": "2026-11-22T11:55:00.25Z", "firing_since": "2026-11-22T11:56:00Z",
         "last_judged": "2026-11-22T11:59:30Z", "returns": 2, "depends_on": ["everything-down"],
         "description": "503 instead of 200\\u001b[2J", "annotations": {"impact": "nobody can log in"},
         "suggestion": "rollback", "runbook": "docs/runbooks.md#backend",
         "unknown": {"since": "2026-11-22T11:58:00Z", "reason": "Lookout is offline"},
         "withheld": {"kind": "silence", "reason": "silenced by 3f9a51c2 until 2026-11-22T13:00:00Z"},
         "acknowledgement": {"by": "alice", "at": "2026-11-22T11:57:00Z", "until": null, "in_force": true,
                             "comment": "rolling back"},
         "told": {"team": {"episode": 4, "severity": 1, "resolved": false},
                  "pager": {"episode": 4, "severity": 1, "resolved": true}},
         "evidence": {"samples": [{"at": "2026-11-22T11:56:00Z", "text": "503 after 120 ms"}],
                      "changes": [{"at": "2026-11-22T11:52:00Z", "text": "version 2.0.3 → 2.0.4"}]}}
        """

    @Test func `alerts as a table`() throws {
        let quiet = """
            {"id": "0000aaaa11112222", "episode": 0, "rule": "page-slow", "severity": 3, "state": "pending",
             "labels": {"environment": "staging"}, "pending_since": "2026-11-22T11:59:59Z",
             "acknowledgement": null, "withheld": null, "unknown": null, "summary": ""}
            """
        let text = AlertsTable(try json("[\(Self.alert), \(quiet)]"), at: Self.now).text
        expectGolden(text, "alerts-list.txt")
        #expect(AlertsTable(.array([]), at: Self.now).text == "No alerts.\n")
    }

    @Test func `one alert with all that is known of it`() throws {
        expectGolden(AlertPage(try json(Self.alert), at: Self.now).text, "alerts-show.txt")
    }

    @Test func `the history as a table`() throws {
        let text = """
            [{"at": "2026-11-22T11:55:00Z", "alert": "5618f1c795520000", "episode": 3, "rule": "backend-down",
              "from": null, "to": "pending", "severity": 2, "cause": "appeared"},
             {"at": "2026-11-22T11:56:00Z", "alert": "5618f1c795520000", "episode": 4, "rule": "backend-down",
              "from": "pending", "to": "firing", "severity": 1, "cause": "held"}]
            """
        expectGolden(AlertHistoryTable(try json(text)).text, "alerts-history.txt")
    }

    private static let silence = """
        {"id": "3f9a51c20b7d4e66", "kind": "silence", "state": "active", "by": "bob", "comment": "load test",
         "matchers": ["environment=\\"staging\\"", "severity=~\\"2|3\\""], "starts_at": "2026-11-22T11:00:00Z",
         "ends_at": "2026-11-22T13:00:00Z", "matches_firing": 1}
        """

    @Test func `silences as a table`() throws {
        let text = SilencesTable(try json("[\(Self.silence)]"), "silences", at: Self.now).text
        expectGolden(text, "silence-list.txt")
        #expect(
            SilenceWords.added(AnswerRow(try json(Self.silence)))
                == "silence 3f9a51c2 until 2026-11-22T13:00:00Z; it matches 1 alert that fires now\n"
        )
    }

    @Test func `maintenance by hand and by plan`() throws {
        let windows =
            #"[{"name": "sunday-backup", "matchers": ["environment=\"production\""], "in_force": false}]"#
        let answer = try json(#"{"one_off": [\#(Self.silence)], "windows": \#(windows)}"#)
        expectGolden(MaintenanceTables(answer, at: Self.now).text, "maintenance-list.txt")
    }

    @Test func `receivers as a table`() throws {
        let text = """
            [{"name": "team", "type": "slack", "health": "broken", "error": "401 invalid_auth", "queued": 3,
              "oldest_queued_at": "2026-11-22T11:48:00Z", "delivered": 120, "dead": 1, "superseded": 4},
             {"name": "screen", "type": "terminal", "health": "working", "error": null, "queued": 0,
              "oldest_queued_at": null, "delivered": 7, "dead": 0, "superseded": 0}]
            """
        let table = ReceiversTable(AnswerRow.rows(try json(text)), at: Self.now)
        expectGolden(table.text, "receivers-list.txt")
    }

    @Test func `a fire drill shows both sides`() throws {
        let report: JSONValue = [
            "receiver": "team", "type": "slack", "delivered": true, "verdict": "delivered",
            "exchanges": [
                [
                    "request":
                        "POST https://hooks.slack.com/<secret>\nContent-Type: application/json\n\n{}\n",
                    "answer": "HTTP/2 200\n\nok\u{1B}[2J\n",
                ]
            ],
        ]
        expectGolden(FireDrillPage(report).text, "receivers-test.txt")
    }

    private static let incident = """
        {"number": 42, "title": "Backend answers 503 – production, and 1 more alert", "severity": 1,
         "state": "closed", "began_at": "2026-11-22T11:00:00Z", "ended_at": "2026-11-22T11:12:03Z",
         "duration_seconds": 723.4, "alerts": 2,
         "episodes": [{"alert": "5618f1c795520000", "episode": 4, "severity": 1, "rule": "backend-down",
                       "labels": {"environment": "production", "probe": "backend-health"},
                       "began_at": "2026-11-22T11:00:00Z", "duration_seconds": 723, "ending": "recovered",
                       "summary": "Backend answers 503"}],
         "timeline": [{"at": "2026-11-22T11:00:00Z", "kind": "held", "subject": "backend-down production/backend-health",
                       "text": "fires with severity 1"},
                      {"at": "2026-11-22T11:02:00Z", "kind": "note", "subject": null, "text": "alice: rolled back"}]}
        """

    @Test func `incidents as a table, and one with its timeline`() throws {
        expectGolden(IncidentsTable(try json("[\(Self.incident)]")).text, "incident-list.txt")
        expectGolden(IncidentPage(try json(Self.incident)).text, "incident-show.txt")
    }

    @Test(arguments: [
        "null", "{}", "7", "[7, null, {}]", #"[{"labels": 7, "episode": "x", "evidence": []}]"#,
    ])
    func `an answer of another version is shown as far as it goes`(text: String) throws {
        let answer = try json(text)
        for table in [
            AlertsTable(answer, at: Self.now).text, AlertPage(answer, at: Self.now).text,
            SilencesTable(answer, "silences", at: Self.now).text, IncidentsTable(answer).text,
            IncidentPage(answer).text, MaintenanceTables(answer, at: Self.now).text,
            FireDrillPage(answer).text,
            StatusTable(answer, at: Self.now).text,
        ] {
            #expect(table.hasSuffix("\n"))
        }
    }
}
