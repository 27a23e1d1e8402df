import LookoutModel
import LookoutSettings

/// The JSON object that a request brings: read member by member, with every fault told at once.
struct RequestDocument {
    /// Bytes of a body that are taken.
    static let maximumBytes = 64 << 10
    private static let maximumDepth = 16

    private let members: [String: JSONValue]
    private var known: [String] = []
    private(set) var faults: [Problem.Fault] = []

    /// Reads the body, which must be said to be JSON; nothing at all is an empty object.
    init(_ body: [UInt8], contentType: String?) throws(Problem) {
        guard !body.isEmpty else {
            members = [:]
            return
        }
        let type = (contentType ?? "").split(separator: ";").first.map { String($0).lowercased() } ?? ""
        guard type.filter({ $0 != " " }) == "application/json" else {
            throw Problem(
                415,
                "not-json",
                "Only JSON is taken",
                "send the body with `Content-Type: application/json`"
            )
        }
        do {
            let value = try JSONValue(parsing: body, maximumDepth: Self.maximumDepth)
            guard case .object(let members) = value else {
                throw Problem(400, "not-json", "The body is not right", "a JSON object is expected")
            }
            self.members = members
        } catch let error as JSONError {
            throw Problem(400, "not-json", "The body is not JSON", "\(error)")
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(400, "not-json", "The body is not JSON", "\(error)")
        }
    }

    /// A text of at most so many bytes; nil if there is none.
    mutating func text(_ key: String, limit: Int) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { return refuse(key, "a string is expected") }
        guard text.utf8.count <= limit else { return refuse(key, "at most \(limit) bytes are taken") }
        return text
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let flag) = value else { return refuse(key, "true or false is expected") }
        return flag
    }

    /// A whole number from 1 on.
    mutating func number(_ key: String) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .int(let number) = value, number > 0 else {
            return refuse(key, "a number from 1 on is expected")
        }
        return number
    }

    /// A length of time greater than nothing, such as `2h`.
    mutating func duration(_ key: String) -> Duration? {
        guard let text = text(key, limit: 64) else { return nil }
        guard let length = Duration(durationText: text), length > .zero else {
            return refuse(key, "a duration such as 30m, 2h or 1d12h is expected")
        }
        return length
    }

    mutating func timestamp(_ key: String) -> Timestamp? {
        guard let text = text(key, limit: 64) else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            return refuse(key, "a time such as 2026-11-22T12:00:00Z is expected")
        }
        return time
    }

    /// A list of texts, or one.
    mutating func texts(_ key: String, limit: Int) -> [(pointer: String, text: String)]? {
        guard let value = value(key) else { return nil }
        if let text = value.string { return [("/\(key)", text)] }
        guard case .array(let elements) = value, elements.count <= limit else {
            return refuse(key, "a list of at most \(limit) strings is expected")
        }
        var texts: [(pointer: String, text: String)] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string else { return refuse("\(key)/\(index)", "a string is expected") }
            texts.append(("/\(key)/\(index)", text))
        }
        return texts
    }

    /// Notes what is wrong with a member.
    mutating func fault(_ key: String, _ detail: String) {
        faults.append(Problem.Fault("/\(key)", detail))
    }

    /// The same, in place of the member's value.
    mutating func refuse<Value>(_ key: String, _ detail: String) -> Value? {
        fault(key, detail)
        return nil
    }

    /// Throws every fault, members that nobody asked for among them.
    mutating func finish() throws(Problem) {
        for key in members.keys.sorted() where !known.contains(key) {
            let hint = Spelling.hint(for: key, among: known).map { "; \($0)" } ?? ""
            faults.append(Problem.Fault("/\(Self.pointer(key))", "there is no such member\(hint)"))
        }
        if !faults.isEmpty { throw .invalid(faults) }
    }

    private mutating func value(_ key: String) -> JSONValue? {
        known.append(key)
        return members[key] == .null ? nil : members[key]
    }

    /// A key as a JSON pointer has it (RFC 6901 §3), in bounds.
    private static func pointer(_ key: String) -> String {
        key.prefix(64).reduce(into: "") { text, character in
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(character)
            }
        }
    }
}
