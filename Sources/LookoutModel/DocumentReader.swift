/// A stored document that is not what was written: which member is missing or wrong.
package struct DocumentError: Error, Hashable, CustomStringConvertible {
    package let member: String

    package init(member: String) { self.member = member }

    package var description: String {
        "the stored document is damaged or from a newer version: \"\(member)\" is missing or wrong"
    }
}

/// Reads the members of a stored JSON document, each of them required unless it says otherwise.
package struct DocumentReader {
    let document: JSONValue

    package init(document: JSONValue) { self.document = document }

    package func value(_ member: String) throws(DocumentError) -> JSONValue {
        guard let value = optional(member) else { throw DocumentError(member: member) }
        return value
    }

    /// A member that may be absent; null counts as absent.
    package func optional(_ member: String) -> JSONValue? {
        document[member].flatMap { $0 == .null ? nil : $0 }
    }

    package func integer(_ member: String) throws(DocumentError) -> Int64 {
        guard case .int(let integer) = try value(member) else { throw DocumentError(member: member) }
        return integer
    }

    package func string(_ member: String) throws(DocumentError) -> String {
        guard let string = try value(member).string else { throw DocumentError(member: member) }
        return string
    }

    package func timestamp(_ member: String) throws(DocumentError) -> Timestamp {
        Timestamp(microseconds: try integer(member))
    }

    package func optionalTimestamp(_ member: String) throws(DocumentError) -> Timestamp? {
        optional(member) == nil ? nil : try timestamp(member)
    }

    package func duration(_ member: String) throws(DocumentError) -> Duration {
        .microseconds(try integer(member))
    }

    package func bool(_ member: String) throws(DocumentError) -> Bool {
        guard case .bool(let bool) = try value(member) else { throw DocumentError(member: member) }
        return bool
    }

    package func severity(_ member: String) throws(DocumentError) -> Severity {
        guard let severity = Severity(rawValue: Int(try integer(member))) else {
            throw DocumentError(member: member)
        }
        return severity
    }

    /// A word out of a closed set.
    package func word<Word: RawRepresentable<String>>(
        _ member: String,
        as type: Word.Type = Word.self
    ) throws(DocumentError) -> Word {
        guard let word = Word(rawValue: try string(member)) else { throw DocumentError(member: member) }
        return word
    }

    /// The members of an object, each as a reader of its own.
    package func members(_ member: String) throws(DocumentError) -> [String: JSONValue] {
        guard case .object(let members) = try value(member) else { throw DocumentError(member: member) }
        return members
    }

    package func optionalStrings(_ member: String) throws(DocumentError) -> [String: String]? {
        optional(member) == nil ? nil : try strings(member)
    }

    /// A list of texts; nil if the member is absent.
    package func optionalList(_ member: String) throws(DocumentError) -> [String]? {
        optional(member) == nil ? nil : try list(member)
    }

    package func list(_ member: String) throws(DocumentError) -> [String] {
        guard case .array(let elements) = try value(member) else { throw DocumentError(member: member) }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw DocumentError(member: member) }
            texts.append(text)
        }
        return texts
    }

    package func strings(_ member: String) throws(DocumentError) -> [String: String] {
        var strings: [String: String] = [:]
        for (name, value) in try members(member) {
            guard let string = value.string else { throw DocumentError(member: "\(member).\(name)") }
            strings[name] = string
        }
        return strings
    }
}

extension Timestamp {
    /// The form in which stored documents have a time: microseconds since 1970.
    package var document: JSONValue { .int(microseconds) }
}

extension Duration {
    /// The form in which stored documents have a duration: microseconds.
    package var document: JSONValue { .int(microseconds) }
}
