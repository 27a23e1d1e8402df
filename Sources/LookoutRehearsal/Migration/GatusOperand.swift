/// One side of a Gatus condition.
indirect enum GatusOperand: Hashable {
    /// A step of a path into JSON.
    enum Step: Hashable {
        case key(String)
        case index(Int)
        /// `[*]`: every element.
        case every
    }

    case status
    case responseTime
    case connected
    case address
    case certificateExpiration
    /// The path is empty for the whole body.
    case body([Step])
    case header(String)
    case length(GatusOperand)
    case presence(GatusOperand)
    case pattern(String)
    case any([String])
    case literal(String)
    /// What Lookout has no equivalent for, as written.
    case unsupported(String)

    init(_ text: String) {
        if let inner = Self.argument(of: "len", text) {
            self = .length(GatusOperand(inner))
        } else if let inner = Self.argument(of: "has", text) {
            self = .presence(GatusOperand(inner))
        } else if let inner = Self.argument(of: "pat", text) {
            self = .pattern(inner)
        } else if let inner = Self.argument(of: "any", text) {
            self = .any(
                inner.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
            )
        } else if Self.argument(of: "age", text) != nil {
            self = .unsupported(text)
        } else {
            self = Self.placeholder(text)
        }
    }

    /// Whether it is a value that the answer gives, not one that the condition states.
    var isMeasured: Bool {
        switch self {
        case .pattern, .any, .literal: false
        default: true
        }
    }

    private static func placeholder(_ text: String) -> GatusOperand {
        let upper = text.uppercased()
        switch upper {
        case "[STATUS]": return .status
        case "[RESPONSE_TIME]": return .responseTime
        case "[CONNECTED]": return .connected
        case "[IP]": return .address
        case "[CERTIFICATE_EXPIRATION]": return .certificateExpiration
        case "[BODY]": return .body([])
        case "[DOMAIN_EXPIRATION]", "[DNS_RCODE]": return .unsupported(text)
        default: break
        }
        if upper.hasPrefix("[BODY].") || upper.hasPrefix("[BODY][") {
            return path(String(text.dropFirst(6))).map { .body($0) } ?? .unsupported(text)
        }
        if upper.hasPrefix("[HEADER].") { return .header(String(text.dropFirst(9)).lowercased()) }
        if upper.hasPrefix("[CONTEXT]") { return .unsupported(text) }
        return .literal(text)
    }

    /// `.a.b[0][*].c`; nil if it is none.
    private static func path(_ text: String) -> [Step]? {
        var steps: [Step] = []
        for part in text.split(separator: ".") {
            let name = part.prefix { $0 != "[" }
            if !name.isEmpty { steps.append(.key(String(name))) }
            var rest = part.dropFirst(name.count)
            while !rest.isEmpty {
                guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
                let inside = rest[rest.index(after: rest.startIndex)..<end]
                if inside == "*" {
                    steps.append(.every)
                } else {
                    guard let index = Int(inside), index >= 0 else { return nil }
                    steps.append(.index(index))
                }
                rest = rest[rest.index(after: end)...]
            }
        }
        return steps.count <= longestPath ? steps : nil
    }

    private static let longestPath = 50

    private static func argument(of function: String, _ text: String) -> String? {
        guard text.hasPrefix(function + "("), text.hasSuffix(")") else { return nil }
        return String(text.dropFirst(function.count + 1).dropLast()).trimmed
    }
}

extension String {
    /// Without blanks at either end.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
