/// Strings with `${name}` in them, which is filled in from the environment's variables.
///
/// `$${` stands for a literal `${`; any other `$` for itself.
enum VariableText {
    /// Why a text could not be filled in.
    enum Fault: Error, Hashable {
        /// A `${` without its `}`.
        case unclosed
        /// Names without a value, in the text's order.
        case unknown([String])
    }

    /// The text with its variables filled in.
    ///
    /// Values are not looked at again, so a `${` in one stands for itself.
    static func expand(_ raw: String, variables: [String: String]) -> Result<String, Fault> {
        guard raw.contains("${") else { return .success(raw) }
        var text = ""
        var unknown: [String] = []
        var rest = raw[...]
        while let dollar = rest.firstIndex(of: "$") {
            text += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                text += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { return .failure(.unclosed) }
                let name = String(rest.dropFirst(2)[..<end])
                if let value = variables[name] { text += value } else { unknown.append(name) }
                rest = rest[rest.index(after: end)...]
            } else {
                text += "$"
                rest = rest.dropFirst()
            }
        }
        return unknown.isEmpty ? .success(text + rest) : .failure(.unknown(unknown))
    }

    /// The same for a node; nil after reporting what is wrong.
    static func expand(_ raw: String, at node: SettingsNode, _ context: inout SettingsContext) -> String? {
        switch expand(raw, variables: context.variables) {
        case .success(let text): return text
        case .failure(.unclosed):
            context.error("\"${\" is never closed", at: node, hint: "write $${ for a literal ${")
        case .failure(.unknown(let names)):
            for name in names { report(name, at: node, &context) }
        }
        return nil
    }

    private static func report(_ name: String, at node: SettingsNode, _ context: inout SettingsContext) {
        let hint: String?
        if name.hasPrefix("env:") || name.hasPrefix("credential:") {
            hint = "only a secret may come from outside; put it where a secret goes, as {env: NAME}"
        } else if context.variables.isEmpty {
            hint = "variables belong to an environment; there is none here"
        } else {
            hint = Spelling.hint(for: name, among: Array(context.variables.keys))
        }
        let place = context.environment.map { " in environment \($0)" } ?? ""
        context.error("variable \"\(name.shortened)\" is not set\(place)", at: node, hint: hint)
    }
}
