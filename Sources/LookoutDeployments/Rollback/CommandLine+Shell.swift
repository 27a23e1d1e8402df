extension CommandLine {
    /// The command as one line for bash, zsh, ksh and any shell of POSIX 2024; only its own variables are filled in.
    ///
    /// Nothing in an argument is taken for a command, an option of the shell or a variable, whatever it holds.
    package var shellText: String {
        ([ShellWord(program)] + arguments.map { ShellWord($0, variables: variables) })
            .map(\.text)
            .joined(separator: " ")
    }

    /// The arguments with the variables' values in their places, for those who start the program without a shell.
    ///
    /// Nil if a variable that an argument needs has no value.
    package func arguments(with values: [String: String]) -> [String]? {
        var filled: [String] = []
        for argument in arguments {
            var text = ""
            for piece in ShellWord(argument, variables: variables).pieces {
                switch piece {
                case .literal(let literal): text += literal
                case .variable(let name):
                    guard let value = values[name] else { return nil }
                    text += value
                }
            }
            filled.append(text)
        }
        return filled
    }
}

/// One word of a command line, quoted for a shell.
package struct ShellWord: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case literal(String)
        case variable(String)
    }

    let pieces: [Piece]

    /// A word in which `$NAME` stands for a value only where `variables` has the name.
    package init(_ text: String, variables: [String] = []) {
        pieces = variables.isEmpty ? [.literal(text)] : Self.split(text, at: Set(variables))
    }

    package var text: String {
        let names = pieces.compactMap { if case .variable(let name) = $0 { name } else { nil } }
        guard !names.isEmpty else { return Self.quoted(pieces.map(\.text).joined()) }
        let isPlain = pieces.allSatisfy { piece in
            if case .literal(let text) = piece {
                text.unicodeScalars.allSatisfy { !Self.meansSomethingInDoubleQuotes($0) }
            } else {
                true
            }
        }
        if isPlain { return "\"" + pieces.map(\.text).joined() + "\"" }
        return pieces.map { piece in
            switch piece {
            case .literal(let text): Self.quoted(text)
            case .variable(let name): "\"$\(name)\""
            }
        }.joined()
    }

    private static func split(_ text: String, at variables: Set<String>) -> [Piece] {
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            literal += rest[..<dollar]
            let name = rest[rest.index(after: dollar)...].prefix {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
            }
            if variables.contains(String(name)) {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                pieces.append(.variable(String(name)))
                literal = ""
            } else {
                literal += "$" + name
            }
            rest = rest[name.endIndex...]
        }
        literal += rest
        return literal.isEmpty && !pieces.isEmpty ? pieces : pieces + [.literal(literal)]
    }

    /// The literal as a word or a part of one.
    private static func quoted(_ text: String) -> String {
        if isBare(text) { return text }
        guard text.unicodeScalars.contains(where: isInvisible) else {
            return "'"
                + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
                + "'"
        }
        var quoted = "$'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'", "\\": quoted += "\\\(scalar)"
            // No argument of a program can hold it.
            case "\0": quoted += "\u{FFFD}"
            case _ where isInvisible(scalar):
                for byte in String(scalar).utf8 {
                    let digits = String(byte, radix: 8)
                    quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
                }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    /// Whether it needs no quotes in any shell and any place but the first.
    private static func isBare(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("=") && !text.hasPrefix("~")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "_@%+=:,./-".utf8.contains(byte)
                }
            }
    }

    private static func meansSomethingInDoubleQuotes(_ scalar: Unicode.Scalar) -> Bool {
        isInvisible(scalar) || "\"\\$`!".unicodeScalars.contains(scalar)
    }

    /// Whether a terminal would act on it or show nothing: control, format and line-breaking characters.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

extension ShellWord.Piece {
    /// As it stands in the argument.
    fileprivate var text: String {
        switch self {
        case .literal(let text): text
        case .variable(let name): "$\(name)"
        }
    }
}
