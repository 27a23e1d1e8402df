import LookoutModel

/// A body that the configuration writes itself, with `{{ field }}` where facts go.
///
/// A placeholder within a JSON string is filled in as a part of that string; elsewhere in JSON it becomes a
/// whole value. So what a target says can never change the structure of what is sent.
struct BodyTemplate: Sendable {
    /// How values are written, by the content type.
    enum Format: Hashable, Sendable {
        case json
        /// `application/x-www-form-urlencoded`.
        case form
        /// HTML and XML.
        case markup
        case plain

        init(contentType: String) {
            let type = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
            if type == "application/json" || type.hasSuffix("+json") {
                self = .json
            } else if type == "application/x-www-form-urlencoded" {
                self = .form
            } else if ["text/html", "text/xml", "application/xml"].contains(type) || type.hasSuffix("+xml") {
                self = .markup
            } else {
                self = .plain
            }
        }
    }

    /// What is wrong with a template, and where in it; lines and columns count from 1.
    struct Fault: Error, Hashable {
        let line: Int
        let column: Int
        let message: String
        var hint: String?
    }

    /// What stands between the double braces.
    struct Reference: Hashable, Sendable {
        let field: String
        /// The member of a field that is an object, such as one label.
        let member: String?
    }

    private enum Piece: Sendable {
        case text(String)
        case value(Reference, isInString: Bool)
    }

    private let pieces: [Piece]
    private let format: Format

    /// Throws the first fault.
    init(_ source: String, _ format: Format) throws(Fault) {
        var reader = BodyTemplateReader(source, tracksStrings: format == .json)
        var pieces: [Piece] = []
        while let piece = try reader.next() {
            switch piece {
            case .text(let text): pieces.append(.text(text))
            case .reference(let reference, let isInString):
                pieces.append(.value(reference, isInString: isInString))
            }
        }
        self.pieces = pieces
        self.format = format
        try checkStructure()
    }

    /// The body for an event.
    func filled(with event: EventDocument) -> String {
        filled { reference in
            guard let field = EventField.named(reference.field) else { return "" }
            let value = field.value(event)
            return reference.member.map { value[$0] ?? "" } ?? value
        }
    }

    /// Each field has one type, and a value within a string cannot leave it: so whether this is JSON does
    /// not depend on what is told, and an example says it for all.
    private func checkStructure() throws(Fault) {
        guard format == .json else { return }
        let example = filled { reference in
            reference.member == nil ? EventField.named(reference.field)?.example ?? "" : "x"
        }
        do throws(JSONError) {
            _ = try JSONValue(parsing: Array(example.utf8))
        } catch {
            throw Fault(line: 1, column: 1, message: "the body is not JSON once it is filled in: \(error)")
        }
    }

    private func filled(_ value: (Reference) -> JSONValue) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .value(let reference, let isInString): written(value(reference), isInString: isInString)
            }
        }
        .joined()
    }

    private func written(_ value: JSONValue, isInString: Bool) -> String {
        let text = value.string ?? value.jsonText
        return switch format {
        case .json where isInString: String(JSONValue.string(text).jsonText.dropFirst().dropLast())
        case .json: value.jsonText
        case .form: URLText.encoded(text)
        case .markup: Markup.escapedHTML(text)
        case .plain: text
        }
    }
}
