import LookoutModel
import Testing

@testable import LookoutProbes

@Suite struct ResponseHeadTests {
    @Test(arguments: [1, 2, 5, 1000])
    func `a head is the same however the bytes are cut`(size: Int) {
        let bytes = Array("\r\nHTTP/1.1 101 X\r\nA: 1\r\nB:2 \r\n c\n\r\nrest".utf8)
        var reader = HTTPResponseHeadReader()
        var reading = HTTPResponseHeadReader.Reading.needsMore
        var position = 0
        while reading == .needsMore, position < bytes.count {
            let end = min(position + size, bytes.count)
            reading = reader.append(Array(bytes[position..<end]))
            position = end
        }
        guard case .head(let head, let rest) = reading else {
            Issue.record("no head: \(reading)")
            return
        }
        #expect(head.statusCode == 101)
        #expect(head.headers == [HeaderField("A", "1"), HeaderField("B", "2 c")])
        #expect(head.findings == ["a folded header line", "empty lines before the status line"])
        #expect(Array("rest".utf8).starts(with: rest))
    }

    @Test(arguments: [
        "220 smtp\r\n", "<html>", "\rX", "HTTP/1.1 Switching\r\n\r\n", "HTTP/1.1 1010 X\r\n\r\n",
        "HTTP/1.1 101 X\r\nA: \0\r\n\r\n",
    ])
    func `what is no head is invalid`(text: String) {
        var reader = HTTPResponseHeadReader()
        guard case .invalid = reader.append(Array(text.utf8)) else {
            Issue.record("taken for a head")
            return
        }
    }

    @Test func `an endless head is given up`() {
        var reader = HTTPResponseHeadReader()
        _ = reader.append(Array("HTTP/1.1 200 OK\r\n".utf8))
        let line = Array(("X: " + String(repeating: "x", count: 1000) + "\r\n").utf8)
        var readings = 0
        while reader.append(line) == .needsMore { readings += 1 }
        #expect(readings < 270)
    }
}
