/// What a mail server answered to a command (RFC 5321 §4.2).
package struct MailReply: Hashable, Sendable, CustomStringConvertible {
    /// Three digits, such as 250.
    package var code: Int
    /// The enhanced status code (RFC 3463), such as `5.1.1`; nil if there is none.
    package var status: String?
    /// The text of its lines, without codes; limited, since the server writes it.
    package var lines: [String]

    package init(code: Int, status: String? = nil, lines: [String] = []) {
        self.code = code
        self.status = status
        self.lines = lines
    }

    /// It was done (2xx).
    package var isPositive: Bool { code / 100 == 2 }
    /// It was not done, and may be later (4xx).
    package var isTransient: Bool { code / 100 == 4 }
    /// It was not done, and never will be (5xx).
    package var isPermanent: Bool { code / 100 == 5 }

    /// On one line: `550 5.1.1 no such user here`.
    package var description: String {
        ([String(code), status].compactMap(\.self) + lines.filter { !$0.isEmpty }).joined(separator: " ")
    }
}

/// One line of a reply.
struct MailReplyLine: Equatable {
    let code: Int
    /// Whether no line of the same reply follows.
    let isLast: Bool
    let text: String

    /// Reads a line without its end; nil if it is none of SMTP.
    init?(_ line: some Collection<UInt8>) {
        let digits = line.prefix(3)
        let range = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.count == 3, digits.allSatisfy(range.contains),
            (2...5).contains(Int(digits[digits.startIndex] - 48))
        else { return nil }
        let rest = line.dropFirst(3)
        switch rest.first {
        case nil, UInt8(ascii: " "): isLast = true
        case UInt8(ascii: "-"): isLast = false
        default: return nil
        }
        code = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        text = HeaderText.decode(rest.dropFirst().prefix(Self.longestText))
    }

    /// Four times of what RFC 5321 §4.5.3.1.5 allows.
    private static let longestText = 2048
}

/// Puts the lines of replies together.
struct MailReplyCollector {
    private var lines: [MailReplyLine] = []

    private static let mostLines = 100

    /// The reply that the line ends; nil if it goes on.
    mutating func take(_ line: MailReplyLine) -> MailReply? {
        if lines.count < Self.mostLines { lines.append(line) }
        guard line.isLast else { return nil }
        defer { lines = [] }
        var texts = lines.map(\.text)
        let status = Self.status(in: line.text, of: line.code)
        if let status {
            texts = texts.map { text in
                Self.status(in: text, of: line.code) == status
                    ? String(text.dropFirst(status.utf8.count).drop { $0 == " " }) : text
            }
        }
        return MailReply(code: line.code, status: status, lines: texts)
    }

    /// The enhanced code at the start of a text: `class.subject.detail`, of the class of the reply's code.
    private static func status(in text: String, of code: Int) -> String? {
        let word = text.prefix { $0 != " " }
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers[0] == String(code / 100), [2, 4, 5].contains(code / 100),
            numbers.allSatisfy({ (1...3).contains($0.utf8.count) && Int($0) != nil })
        else { return nil }
        return String(word)
    }
}

/// Cuts what arrives into lines and replies.
struct MailReplyReader {
    /// What has arrived is no SMTP.
    struct Garbage: Error {
        let line: String
    }

    private var bytes: [UInt8] = []
    private var collector = MailReplyCollector()

    private static let mostBytes = 64 << 10

    mutating func append(_ more: [UInt8]) throws(Garbage) {
        bytes += more
        if bytes.count > Self.mostBytes { throw Garbage(line: "an endless line") }
    }

    /// The next complete reply; nil if more has to arrive.
    mutating func next() throws(Garbage) -> MailReply? {
        while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            var line = bytes[..<end]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard let parsed = MailReplyLine(line) else {
                throw Garbage(line: HeaderText.decode(line.prefix(80)))
            }
            bytes.removeFirst(end + 1)
            if let reply = collector.take(parsed) { return reply }
        }
        return nil
    }
}
