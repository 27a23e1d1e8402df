import LookoutAlerting
import LookoutModel
import LookoutSimulation
import LookoutTestSupport
import Testing

struct AlertValueTests {
    @Test func `the key of an alert is the digest of its rule and labels`() {
        // printf '["down",{"environment":"production","probe":"api"}]' | sha256sum
        let key = AlertKey(AlertStory.id)
        #expect(key.text == "a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a")
    }

    @Test(arguments: [0, 1, 40, 47, 48, 49, 55, 56, 119, 120, 121, 1000])
    func `keys of texts of any length are 64 digits and differ`(length: Int) {
        let texts = [String(repeating: "a", count: length), String(repeating: "a", count: length + 1)]
        let keys = texts.map { AlertKey(AlertID(rule: $0, labels: [:])).text }
        #expect(keys.allSatisfy { $0.utf8.count == 64 })
        #expect(keys[0] != keys[1])
    }

    @Test func `labels in another order and quotes in names make no difference and all the difference`() {
        let one = AlertID(rule: "r", labels: ["a": "1", "b": "2"])
        let same = AlertID(rule: "r", labels: ["b": "2", "a": "1"])
        let other = AlertID(rule: "r", labels: ["a": "1\",\"b\":\"2"])
        #expect(AlertKey(one) == AlertKey(same))
        #expect(AlertKey(one) != AlertKey(other))
    }

    @Test func `the name of a notice has the form of RFC 9562 and can be read back`() throws {
        var generator = SeededGenerator(seed: 7)
        // The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z.
        let time = Timestamp(microseconds: 0x017F_22E2_79B0 * 1000)
        let id = NoticeID(at: time, using: &generator)
        let text = id.description
        #expect(text.hasPrefix("017f22e2-79b0-7"))
        #expect(text.map { $0 == "-" ? "-" : "x" }.joined() == "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
        let variant = try #require(text.dropFirst(19).first)
        #expect("89ab".contains(variant))
        #expect(NoticeID(text) == id)
        #expect(NoticeID(text.uppercased()) == id)
    }

    @Test(arguments: [
        "", "017f22e2", "017f22e2-79b0-7000-8000-00000000000", "017f22e2-79b0-7000-8000-0000000000000",
        "+17f22e2-79b0-7000-8000-000000000000", "017f22e2_79b0_7000_8000_000000000000",
        "017f22e2-79b0-7000-8000-00000000000g",
    ])
    func `nothing else is the name of a notice`(text: String) {
        #expect(NoticeID(text) == nil)
    }

    @Test func `names of notices sort by time and do not repeat`() async {
        await checkAll { generator in
            var ids: [NoticeID] = []
            for second in Int64(0)..<20 {
                ids.append(NoticeID(at: Timestamp(seconds: 1_790_000_000 + second), using: &generator))
            }
            try #require(ids == ids.sorted())
            try #require(ids.map(\.description) == ids.map(\.description).sorted())
            try #require(Set(ids).count == ids.count)
        }
    }

    @Test(arguments: ["state", "severity", "told", "labels", "held", "rule"])
    func `a document without a member is reported by the member's name`(member: String) throws {
        let alert = Alert(id: AlertStory.id, severity: .minor, pendingSince: .epoch)
        guard case .object(var members) = alert.document else {
            Issue.record("the document is no object")
            return
        }
        members[member] = nil
        let error = #expect(throws: DocumentError.self) { try Alert(document: .object(members)) }
        #expect(error?.member == member)
        members[member] = 12.5
        #expect(throws: DocumentError.self) { try Alert(document: .object(members)) }
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "…"), ("üü", 4, "üü"), ("üüü", 5, "ü…"), ("üüü", 4, "…"),
        ("abc", 2, ""),
        ("", 0, ""), ("👩‍👩‍👧", 18, "👩‍👩‍👧"), ("👩‍👩‍👧x", 18, "👩‍👩‍…"),
    ])
    func `a text is shortened between scalars`(text: String, limit: Int, expected: String) {
        #expect(text.shortened(toBytes: limit) == expected)
    }
}
