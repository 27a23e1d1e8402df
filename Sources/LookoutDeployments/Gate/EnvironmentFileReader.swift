/// Goes through the text of such a file.
struct EnvironmentFileReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineBegin = 0

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar == "\n", scalars.last == "\r" { scalars.removeLast() }
            scalars.append(scalar)
        }
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.scalars = scalars
    }

    mutating func read() throws(EnvironmentFile.Fault) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        while index < scalars.count {
            skipBlanks()
            guard let scalar = current else { break }
            if scalar == "\n" || scalar == "\r" {
                step()
            } else if scalar == "#" {
                skipLine()
            } else {
                pairs.append(try pair())
            }
        }
        return pairs
    }

    private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func fault(_ message: String, at place: Int? = nil) -> EnvironmentFile.Fault {
        EnvironmentFile.Fault(line: line, column: (place ?? index) - lineBegin + 1, message: message)
    }

    private mutating func step() {
        if current == "\n" || current == "\r" { (line, lineBegin) = (line + 1, index + 1) }
        index += 1
    }

    private mutating func skipBlanks() {
        while current == " " || current == "\t" { step() }
    }

    private mutating func skipLine() {
        while let scalar = current, scalar != "\n", scalar != "\r" { step() }
    }

    private mutating func pair() throws(EnvironmentFile.Fault) -> (name: String, value: String) {
        var begin = index
        var name = word()
        if name == "export", current == " " || current == "\t" {
            skipBlanks()
            begin = index
            name = word()
        }
        guard VariableName.isName(name) else {
            throw fault("a name is expected here: letters, digits and _, no digit first", at: begin)
        }
        skipBlanks()
        guard current == "=" else { throw fault("\"=\" is expected after \(name)") }
        step()
        skipBlanks()
        return (name, try value())
    }

    private mutating func word() -> String {
        var text = ""
        while let scalar = current, !"= \t\n\r#".unicodeScalars.contains(scalar), text.utf8.count < 256 {
            text.unicodeScalars.append(scalar)
            step()
        }
        return text
    }

    private mutating func value() throws(EnvironmentFile.Fault) -> String {
        switch current {
        case "\"": return try quotedValue(by: "\"")
        case "'": return try quotedValue(by: "'")
        default: break
        }
        var text = ""
        while let scalar = current, scalar != "\n", scalar != "\r" {
            // A comment begins where a blank stands before it, or where there is no value at all.
            if scalar == "#", text.isEmpty || text.last == " " || text.last == "\t" { break }
            text.unicodeScalars.append(scalar)
            step()
        }
        skipLine()
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    private mutating func quotedValue(by quote: Unicode.Scalar) throws(EnvironmentFile.Fault) -> String {
        let opening = fault("this quote is never closed")
        step()
        var text = ""
        while let scalar = current {
            step()
            if scalar == quote {
                skipBlanks()
                if let next = current, !"\n\r#".unicodeScalars.contains(next) {
                    throw fault("nothing but a comment may stand behind the closing quote")
                }
                skipLine()
                return text
            }
            guard scalar == "\\", quote == "\"", let escaped = current else {
                text.unicodeScalars.append(scalar)
                continue
            }
            step()
            switch escaped {
            case "n": text += "\n"
            case "r": text += "\r"
            case "t": text += "\t"
            case "\"", "\\", "$", "`": text.unicodeScalars.append(escaped)
            default:
                text += "\\"
                text.unicodeScalars.append(escaped)
            }
        }
        throw opening
    }
}
