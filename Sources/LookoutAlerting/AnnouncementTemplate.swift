import LookoutModel

/// A text with `{{ name }}` where something of the announcement goes.
package struct AnnouncementTemplate: Hashable, Sendable, ExpressibleByStringLiteral {
    /// What an announcement has to be named by.
    package enum Field: String, CaseIterable, Hashable, Sendable {
        /// `Deployment 2.0.4 to production`, `Emergency deployment …`, `Incident 17`.
        case subject
        case environment
        /// The deployment's name or the incident's number.
        case name
        case author
        /// What the author says.
        case remark
        /// When it is planned to begin, in UTC; empty if nobody said.
        case plannedFor = "planned_for"
        /// Where its story is kept: a command that shows it.
        case record
    }

    /// What is wrong with a template, and where, in Unicode scalars from 0.
    package struct Mistake: Error, Hashable {
        package let offset: Int
        package let message: String
        /// The name that nothing has, for a hint at the one that was meant.
        package var unknown: String?
    }

    private enum Piece: Hashable, Sendable {
        case text(String)
        case field(Field)
    }

    /// The longest template, in bytes.
    package static let longest = 4 << 10

    private let pieces: [Piece]

    /// Reads a template; throws the first mistake.
    package init(_ source: String) throws(Mistake) {
        guard source.utf8.count <= Self.longest else {
            throw Mistake(offset: 0, message: "the text is longer than \(Self.longest) bytes")
        }
        var pieces: [Piece] = []
        var rest = Substring(source)
        while let opening = rest.firstRange(of: "{{") {
            if opening.lowerBound > rest.startIndex {
                pieces.append(.text(String(rest[..<opening.lowerBound])))
            }
            let offset = source[..<opening.lowerBound].unicodeScalars.count
            rest = rest[opening.upperBound...]
            guard let closing = rest.firstRange(of: "}}") else {
                throw Mistake(offset: offset, message: "\"{{\" is never closed by \"}}\"")
            }
            let name = String(rest[..<closing.lowerBound].filter { !$0.isWhitespace })
            guard let field = Field(rawValue: name) else {
                throw Mistake(
                    offset: offset,
                    message: "an announcement has no \"\(name.shortened(toBytes: 64))\"",
                    unknown: name
                )
            }
            pieces.append(.field(field))
            rest = rest[closing.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    /// A template of our own; precondition: it is one.
    package init(stringLiteral source: String) {
        do {
            try self.init(source)
        } catch {
            preconditionFailure("\(source): \(error.message)")
        }
    }

    func filled(for announcement: Announcement) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .field(let field): announcement.value(of: field)
            }
        }
        .joined()
    }
}

extension Announcement {
    fileprivate func value(of field: AnnouncementTemplate.Field) -> String {
        switch field {
        case .subject: subject
        case .environment: environment ?? "all environments"
        case .name: topic.name
        case .author: author
        case .remark: remark
        case .plannedFor: plannedFor?.rfc3339 ?? ""
        case .record:
            switch topic {
            case .deployment: "lookout announce list"
            case .incident(let number): "lookout incident export \(number)"
            }
        }
    }

    private var subject: String {
        let what =
            switch topic {
            case .deployment(let name): isEmergency ? "Emergency deployment \(name)" : "Deployment \(name)"
            case .incident(let number): "Incident \(number)"
            }
        guard let environment, case .deployment = topic else { return what }
        return "\(what) to \(environment)"
    }
}
