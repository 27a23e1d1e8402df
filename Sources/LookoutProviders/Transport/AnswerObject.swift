package import LookoutDeployments
package import LookoutModel

/// An object of a provider's answer, read field by field.
///
/// A field that is missing or null is nil; one of another type than documented throws `unexpected`, which names
/// the field and never its value, since that may be a secret.
package struct AnswerObject: Sendable {
    private let members: [String: JSONValue]
    /// Where it came from, for messages: `Netlify, the site`.
    package let source: String
    /// The way to it within the answer, such as `published_deploy.`; empty at the top.
    private let path: String

    /// Throws `unexpected` if the value is no object.
    package init(_ value: JSONValue, of source: String, at path: String = "") throws(ProviderFailure) {
        guard case .object(let members) = value else {
            let name = path.isEmpty ? "the answer" : "\"\(path)\""
            throw .unexpected("\(source): \(name) is not an object")
        }
        self.members = members
        self.source = source
        self.path = path
    }

    /// The elements of a list as objects, named by their number.
    package static func list(
        _ elements: [JSONValue],
        of source: String,
        at path: String = ""
    ) throws(ProviderFailure) -> [AnswerObject] {
        var objects: [AnswerObject] = []
        for (index, element) in elements.enumerated() {
            objects.append(try AnswerObject(element, of: source, at: "\(path)[\(index)]"))
        }
        return objects
    }

    /// The value of a field; nil if it is missing or null.
    package subscript(name: String) -> JSONValue? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    package func text(_ name: String) throws(ProviderFailure) -> String? {
        try read(name, "text") { $0.string }
    }

    package func flag(_ name: String) throws(ProviderFailure) -> Bool? {
        try read(name, "true or false") { value in
            if case .bool(let flag) = value { flag } else { nil }
        }
    }

    /// A whole number, also where it is written as text (as Sentry writes its counts).
    package func count(_ name: String) throws(ProviderFailure) -> Int? {
        try read(name, "a whole number") { value in
            switch value {
            case .int(let number): Int(exactly: number)
            case .string(let digits): Int(digits)
            default: nil
            }
        }
    }

    /// A time as RFC 3339 has it; one without a zone is in UTC.
    package func time(_ name: String) throws(ProviderFailure) -> Timestamp? {
        try read(name, "a time") { value in
            value.string.flatMap { Timestamp(rfc3339: $0) ?? Timestamp(rfc3339: $0 + "Z") }
        }
    }

    package func object(_ name: String) throws(ProviderFailure) -> AnswerObject? {
        guard let value = self[name] else { return nil }
        return try AnswerObject(value, of: source, at: fullName(name))
    }

    /// A list of objects; empty where it is missing.
    package func objects(_ name: String) throws(ProviderFailure) -> [AnswerObject] {
        let elements = try read(name, "a list") { value in
            if case .array(let elements) = value { elements } else { nil }
        }
        return try Self.list(elements ?? [], of: source, at: fullName(name))
    }

    /// A list of texts; empty where it is missing.
    package func texts(_ name: String) throws(ProviderFailure) -> [String] {
        let texts = try read(name, "a list of texts") { value -> [String]? in
            guard case .array(let elements) = value else { return nil }
            let texts = elements.compactMap(\.string)
            return texts.count == elements.count ? texts : nil
        }
        return texts ?? []
    }

    /// A field without which the answer means nothing.
    package func required<Value>(_ value: Value?, _ name: String) throws(ProviderFailure) -> Value {
        guard let value else { throw unexpected(name, "is missing") }
        return value
    }

    /// That a field is not what it should be.
    package func unexpected(_ name: String, _ what: String) -> ProviderFailure {
        .unexpected("\(source): \"\(fullName(name))\" \(what)")
    }

    private func read<Value>(
        _ name: String,
        _ type: String,
        _ reading: (JSONValue) -> Value?
    ) throws(ProviderFailure) -> Value? {
        guard let value = self[name] else { return nil }
        guard let result = reading(value) else { throw unexpected(name, "is not \(type)") }
        return result
    }

    private func fullName(_ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}
