/// What `Package.swift` says of each target: the names that it depends on.
///
/// Reads the manifest's own short forms rather than running SwiftPM, which a test cannot do
/// while SwiftPM runs the test.
struct Manifest {
    /// Names of own targets and of products, by target.
    private(set) var dependencies: [String: Set<String>] = [:]

    init(text: String) {
        let code = text.split(separator: "\n").filter { line in
            !line.drop { $0 == " " }.hasPrefix("//")
        }.joined(separator: "\n")
        let products = Self.products(in: code)
        for form in ["module(", ".target(", ".executableTarget(", ".systemLibrary("] {
            for call in Self.calls(of: form, in: code) {
                guard let name = Self.quoted(call).first else { continue }
                let list = Self.list(in: call, isNamed: form != "module(")
                let identifiers = list.split { !$0.isLetter && !$0.isNumber && $0 != "\"" }
                dependencies[name] = Set(
                    identifiers.compactMap { word in
                        word.hasPrefix("\"") ? word.filter { $0 != "\"" } : products[String(word)]
                    }
                )
            }
        }
    }

    /// The names of products by the constants that stand for them.
    private static func products(in code: String) -> [String: String] {
        var products: [String: String] = [:]
        for line in code.split(separator: "\n") where line.contains("Target.Dependency.product(name:") {
            let words = line.split { $0 == " " }
            guard words.count > 1, words[0] == "let", let product = quoted(line).first else { continue }
            products[String(words[1])] = product
        }
        return products
    }

    /// What stands between the parentheses of each call of a function with a literal name.
    private static func calls(of form: String, in code: String) -> [Substring] {
        var calls: [Substring] = []
        var rest = code[...]
        while let range = rest.firstRange(of: form) {
            var depth = 1
            let body = rest[range.upperBound...].prefix { character in
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
                return depth > 0
            }
            // The declaration `func module(_ name: …)` and its `.target(name: name, …)` name nothing.
            let first = body.drop { $0.isWhitespace }
            if first.hasPrefix("\"") || first.hasPrefix("name: \"") { calls.append(body) }
            rest = rest[range.upperBound...]
        }
        return calls
    }

    private static func list(in call: Substring, isNamed: Bool) -> Substring {
        var start = call.startIndex
        if isNamed {
            guard let label = call.firstRange(of: "dependencies:") else { return "" }
            start = label.upperBound
        }
        guard let open = call[start...].firstIndex(of: "[") else { return "" }
        return call[open...].prefix { $0 != "]" }
    }

    private static func quoted(_ text: Substring) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    }
}
