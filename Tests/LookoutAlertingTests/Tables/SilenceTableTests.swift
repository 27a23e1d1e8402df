import LookoutAlerting
import LookoutModel
import LookoutSimulation
import Testing

/// What silences match, when they are in force, and what a change of one comes to.
///
/// The rows re-express those of Alertmanager's `silence/silence_test.go` (TestQState, TestQMatches,
/// TestSilencer; Copyright Prometheus Team, Apache License 2.0) as data. Sets of matchers of which one must
/// match are here as many silences. TestSilenceCanUpdate has no counterpart: a silence is ended, never changed.
struct SilenceTableTests {
    private static let time = AlertStory.start.wall

    private static func silence(
        _ id: String = "s1",
        _ matchers: [LabelMatcher] = [LabelMatcher("foo", .equal("bar"))],
        from start: Int,
        to end: Int
    ) -> Silence {
        Silence(
            id: id,
            matchers: matchers,
            startsAt: time + .seconds(start),
            endsAt: time + .seconds(end)
        )
    }

    // MARK: TestQMatches

    /// `name=value`, `!=`, `=~` and `!~`; the patterns end in `.+` or are alternatives.
    private static func matcher(_ text: String) throws -> LabelMatcher {
        let matchers = try LabelMatcher.list(parsing: text) { source in
            TextPattern(source) { value in
                source.split(separator: "|").contains { part in
                    guard part.hasSuffix(".+") else { return value == part }
                    return value.hasPrefix(part.dropLast(2)) && value.count > part.count - 2
                }
            }
        }
        return try #require(matchers.first)
    }

    /// Sets of matchers, and whether they mean the alert.
    @Test(arguments: [
        ([["job=test"]], true),
        ([["job!=test"]], false),
        ([["job=test", "method=POST"]], false),
        ([["job=test", "method!=POST"]], true),
        ([["path=~\"/user/.+\""]], true),
        ([["path!~\"/user/.+\""]], false),
        ([["path=~\"/user/.+\"", "path=~\"/nothing/.+\""]], false),
        ([["method!=GET"], ["method=~\"GET|POST\"", "job=test"]], true),
        ([["method=GET"], ["method=~\"GET|POST\"", "job=test"]], true),
        ([["method!=GET"], ["method=~\"GET|POST\"", "job!=test"]], false),
    ])
    func `a silence means an alert whose labels all of its matchers match`(
        sets: [[String]],
        isMeant: Bool
    ) throws {
        var crowd = AlertCrowd(
            ["down"],
            labels: ["down": ["job": "test", "instance": "web-1", "path": "/user/profile", "method": "GET"]]
        )
        let silences = try sets.enumerated().map { index, texts in
            Self.silence("s\(index)", try texts.map(Self.matcher), from: 0, to: 600)
        }
        _ = crowd.silence(silences, at: 0)
        #expect(crowd.judge(["down": "2"], at: 0).isEmpty == isMeant)
        #expect(crowd.isWithheld("down") == isMeant)
    }

    // MARK: TestQState and TestSilencer

    /// A silence that lies ahead, that is in force, and that is over.
    @Test(arguments: [
        (60, 3_600, false), (-60, 3_600, true), (0, 3_600, true), (-60, 0, false), (-60, -30, false),
    ])
    func `a silence is in force from its start on and no longer at its end`(start: Int, end: Int, holds: Bool)
    {
        let silence = Self.silence(from: start, to: end)
        #expect(silence.isInForce(at: Self.time) == holds)
        var crowd = AlertCrowd(["down"], labels: ["down": ["foo": "bar"]], silences: [silence])
        #expect(crowd.judge(["down": "2"], at: 0).isEmpty == holds)
    }

    /// The steps of TestSilencer: an alert is judged anew in each, since here it would be told only once.
    @Test func `silences come, expire, lie ahead and overlap`() {
        var crowd = AlertCrowd(["down"], labels: ["down": ["foo": "bar"]])
        func isTold(_ crowd: inout AlertCrowd, at second: Int) -> Bool {
            let told = crowd.judge(["down": "2-"], at: second)
            let again = crowd.judge(["down": "2"], at: second)
            let isTold = again == ["firing down"]
            #expect(told.isEmpty)
            #expect(crowd.judge(["down": "-"], at: second) == (isTold ? ["resolved down"] : []))
            return isTold
        }
        let hour = 3_600
        #expect(isTold(&crowd, at: 0))
        let other = Self.silence("s1", [LabelMatcher("foo", .equal("baz"))], from: -hour, to: 300)
        _ = crowd.silence([other], at: 0)
        #expect(isTold(&crowd, at: 1))
        let first = Self.silence("s2", from: -hour, to: 300)
        _ = crowd.silence([other, first], at: 1)
        #expect(!isTold(&crowd, at: 2))
        #expect(isTold(&crowd, at: hour))
        let ahead = Self.silence("s2", from: 2 * hour, to: 4 * hour)
        _ = crowd.silence([other, ahead], at: hour)
        #expect(isTold(&crowd, at: hour + 1))
        #expect(!isTold(&crowd, at: 3 * hour))
        let pattern = TextPattern("b..") { $0.count == 3 && $0.hasPrefix("b") }
        let second = Self.silence(
            "s3",
            [LabelMatcher("foo", .matching(pattern))],
            from: 4 * hour,
            to: 6 * hour
        )
        _ = crowd.silence([other, ahead, second], at: 3 * hour)
        #expect(!isTold(&crowd, at: 3 * hour + 1))
        #expect(!isTold(&crowd, at: 5 * hour))
    }
}
