import LookoutModel

/// A message as Telegram takes it without any markup: plain words, and beside them where which are bold or
/// commands (core.telegram.org/bots/api#messageentity).
///
/// So nothing has to be escaped, and nothing that a target says can be taken for markup.
struct TelegramText: Hashable {
    /// What Telegram takes in one message, in UTF-16 units.
    static let maximumUnits = 4096
    /// More entities than this are ignored by Telegram.
    static let maximumEntities = 100

    let text: String
    let entities: [JSONValue]

    init(_ message: Message) {
        self.init(marked: MessageText(message, Self.markup).text(limit: Self.maximumUnits, .utf16Units))
    }

    /// Words without any entity.
    init(plain message: Message) {
        text = MessageText(message).text(limit: Self.maximumUnits, .utf16Units)
        entities = []
    }

    /// Control characters mark where entities begin and end; messages hold none of their own.
    private enum Mark {
        static let boldBegin: Unicode.Scalar = "\u{1}"
        static let codeBegin: Unicode.Scalar = "\u{2}"
        static let end: Unicode.Scalar = "\u{3}"
        static let all: Set<Unicode.Scalar> = [boldBegin, codeBegin, end]
    }

    private static let markup = Markup(
        escape: { withoutMarks($0) },
        bold: { "\(Mark.boldBegin)\($0)\(Mark.end)" },
        code: { "\(Mark.codeBegin)\(withoutMarks($0))\(Mark.end)" },
        link: { _, link in link.address }
    )

    private static func withoutMarks(_ text: String) -> String {
        String(text.unicodeScalars.filter { !Mark.all.contains($0) })
    }

    /// Takes the marks out and counts where they stood, in UTF-16 units.
    private init(marked: String) {
        var text = String.UnicodeScalarView()
        var entities: [JSONValue] = []
        var position = 0
        var open: (type: JSONValue, offset: Int)?
        for scalar in marked.unicodeScalars {
            switch scalar {
            case Mark.boldBegin: open = ("bold", position)
            case Mark.codeBegin: open = ("code", position)
            case Mark.end:
                if let open, position > open.offset {
                    entities.append([
                        "type": open.type, "offset": .int(Int64(open.offset)),
                        "length": .int(Int64(position - open.offset)),
                    ])
                }
                open = nil
            default:
                text.append(scalar)
                position += UTF16.width(scalar)
            }
        }
        self.text = String(text)
        self.entities = Array(entities.prefix(Self.maximumEntities))
    }
}
