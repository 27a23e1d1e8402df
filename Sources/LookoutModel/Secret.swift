/// A value that must never be printed: a token, a password, a webhook address.
///
/// Its description, its mirror and its debug text are `<secret>`, so neither a log line, a page,
/// a message nor `dump` shows it. Only `reveal()` gives the text, and is easy to find in review.
package struct Secret: Hashable, Sendable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// The text in clear, to be handed to the one call that needs it.
    package func reveal() -> String {
        text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
