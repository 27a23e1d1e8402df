import LookoutSettings
import Testing

@Suite struct `Did you mean` {
    @Test(
        arguments: [
            ("tiemout", "timeout"), ("interval_", "interval"), ("Interval", "interval"), ("lables", "labels"),
            ("htp", "http"), ("nam", "name"), ("websokcet", "websocket"), ("attemps", "attempts"),
        ]
    )
    func `a slip finds the word that was meant`(word: String, meant: String) {
        let words = [
            "name", "interval", "timeout", "attempts", "labels", "http", "websocket", "environments",
        ]
        #expect(Spelling.nearest(to: word, among: words) == meant)
    }

    @Test(arguments: ["", "x", "db", "redis", "tcp"]) func `another word finds nothing`(word: String) {
        #expect(Spelling.nearest(to: word, among: ["name", "interval", "to", "websocket"]) == nil)
    }

    @Test func `of two words as near the first in the alphabet is offered`() {
        #expect(Spelling.nearest(to: "cat", among: ["hat", "bat"]) == "bat")
    }

    @Test func `without candidates there is no hint`() {
        #expect(Spelling.hint(for: "a", among: []) == nil)
    }

    @Test func `a word of a megabyte is compared in no time to speak of`() {
        let word = String(repeating: "x", count: 1_000_000)
        #expect(Spelling.nearest(to: word, among: ["name"]) == nil)
    }
}
