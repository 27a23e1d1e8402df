import LookoutModel
import Testing

@testable import LookoutHTTP

@Suite struct `Collecting an answer` {
    private func collector(headers: Int = 1000, body: Int = 1000) -> AnswerCollector {
        AnswerCollector(maximumHeaderBytes: headers, maximumBodyBytes: body)
    }

    private func take(_ lines: [String], into collector: inout AnswerCollector) -> Bool {
        lines.allSatisfy { line in
            Array(line.utf8).withUnsafeBytes { collector.take(headerLine: $0) }
        }
    }

    @Test func `lines become fields with their order, repeats and case`() {
        var answer = collector()
        let lines = ["HTTP/1.1 200 OK\r\n", "B: 2\r\n", "a:1\n", "B:\t3 \r\n", "Empty:\r\n", "\r\n"]
        #expect(take(lines, into: &answer))
        #expect(answer.headers == [("B", "2"), ("a", "1"), ("B", "3"), ("Empty", "")].map(HeaderField.init))
        #expect(answer.version == "HTTP/1.1")
        #expect(answer.hasHead)
    }

    @Test func `a folded line belongs to the field before it`() {
        var answer = collector()
        #expect(take(["HTTP/1.1 200 OK\r\n", "A: one\r\n", " \ttwo \r\n", "\r\n"], into: &answer))
        #expect(answer.headers == [HeaderField("A", "one two")])
    }

    @Test func `only the last head counts, and trailers do not`() {
        var answer = collector()
        let lines = [
            "HTTP/1.1 302 Found\r\n", "A: 1\r\n", "\r\n", "HTTP/2 200 \r\n", "B: 2\r\n", "\r\n", "T: 3\r\n",
        ]
        #expect(take(lines, into: &answer))
        #expect(answer.headers == [HeaderField("B", "2")])
        #expect(answer.version == "HTTP/2")
    }

    @Test func `an interim head is not the head of the answer`() {
        var answer = collector()
        #expect(take(["HTTP/1.1 100 Continue\r\n", "\r\n"], into: &answer))
        #expect(!answer.hasHead)
        #expect(take(["HTTP/1.1 204 No Content\r\n", "\r\n"], into: &answer))
        #expect(answer.hasHead)
    }

    @Test func `the limit of headers holds for each answer, interim ones included`() {
        let head = ["HTTP/1.1 302 Found\r\n", "\r\n"]
        let interim = ["HTTP/1.1 100 Continue\r\n", "\r\n"]
        var redirected = collector(headers: 30)
        #expect(take(head + head + head, into: &redirected))
        var flooded = collector(headers: 60)
        #expect(!take(interim + interim + interim, into: &flooded))
        #expect(flooded.excess == .headers)
    }

    @Test func `headers may be exactly as large as allowed`() {
        let lines = ["HTTP/1.1 200 OK\r\n", "\r\n"]
        var enough = collector(headers: 19)
        #expect(take(lines, into: &enough))
        var short = collector(headers: 18)
        #expect(!take(lines, into: &short))
    }

    @Test func `a body may be exactly as large as allowed`() {
        var answer = collector(body: 4)
        let accepted = [2, 2, 1].map { count in
            [UInt8](repeating: 1, count: count).withUnsafeBytes { answer.take(body: $0) }
        }
        #expect(accepted == [true, true, false])
        #expect(answer.body.count == 4)
        #expect(answer.excess == .body)
    }

    @Test(arguments: 0...255)
    func `every byte can be decoded`(byte: Int) {
        let bytes = [UInt8(byte), UInt8(ascii: "x")]
        #expect(HeaderText.decode(bytes).unicodeScalars.map(\.value) == [UInt32(byte), 0x78])
    }
}
