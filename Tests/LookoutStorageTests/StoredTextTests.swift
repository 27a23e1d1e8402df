import GRDB
import Testing

@testable import LookoutStorage

@Suite struct StoredTextTests {
    @Test(arguments: ["", "plain", "exactly ten", "\u{301}", "a\u{301}\r\n"])
    func `a text that fits and has no NUL stays as it is`(text: String) {
        #expect(StoredText.bounded(text, to: text.utf8.count) == text)
    }

    @Test func `NUL becomes the replacement character`() {
        #expect(StoredText.bounded("\0a\0\0", to: 10) == "\u{FFFD}a\u{FFFD}\u{FFFD}")
    }

    @Test(arguments: [
        ("x", 1), ("é", 2), ("€", 3), ("\u{1F6A8}", 4),
    ])
    func `a text that is too long is cut between scalars`(unit: String, width: Int) {
        for limit in 20...32 {
            let cut = StoredText.bounded(String(repeating: unit, count: 100), to: limit)
            let kept = (limit - 3) / width
            #expect(cut == String(repeating: unit, count: kept) + "…")
            #expect(cut.utf8.count <= limit)
        }
    }

    @Test func `one endless character is cut like any other text`() {
        let endless = "e" + String(repeating: "\u{301}", count: 1 << 19)
        let cut = StoredText.bounded(endless, to: 101)
        let scalars = Array(cut.unicodeScalars)
        #expect(scalars.first == "e" && scalars.last == "…")
        #expect(scalars.dropFirst().dropLast().allSatisfy { $0 == "\u{301}" })
        #expect(cut.utf8.count <= 101)
    }

    @Test(arguments: ["", "plain", "%", "%00", "\0", "a\0%25\0", "%25%00%", "100 %", "é\0\u{301}%0"])
    func `a name comes back as it was`(name: String) {
        let value = StoredName(name).databaseValue
        #expect(StoredName.fromDatabaseValue(value) == StoredName(name))
        #expect(String.fromDatabaseValue(value)?.utf8.contains(0) == false)
    }

    @Test func `different names are stored differently`() {
        let names = ["a\0b", "a%00b", "a%2500b", "a", "a\0", "a\0c"]
        #expect(Set(names.map { StoredName($0).databaseValue }).count == names.count)
    }
}
