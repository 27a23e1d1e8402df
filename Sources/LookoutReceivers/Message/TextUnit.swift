/// What providers count when they limit the length of a text.
package enum TextUnit: CaseIterable, Hashable, Sendable {
    /// Bytes of UTF-8.
    case bytes
    /// Unicode code points.
    case codePoints
    /// Units of UTF-16, of which a code point beyond U+FFFF takes two.
    case utf16Units

    /// How long a text is.
    package func length(of text: some StringProtocol) -> Int {
        switch self {
        case .bytes: text.utf8.count
        case .codePoints: text.unicodeScalars.count
        case .utf16Units: text.utf16.count
        }
    }
}

extension String {
    /// The text, or as much of it as fits into a limit with an ellipsis at the end.
    ///
    /// Cut between characters as people see them, so neither an emoji nor an accent is torn apart; only a
    /// first character that is too long by itself is cut between its code points. Empty where not even the
    /// ellipsis fits.
    package func shortened(to limit: Int, _ unit: TextUnit) -> String {
        shortened(to: limit, unit) { $0 }
    }

    /// As much of the text as fits once it is rendered; what comes back is rendered.
    ///
    /// Texts are cut before they become markup, never after: so no escape and no tag is ever cut in two.
    /// The rendering must not become shorter as its text grows, but for a few units.
    package func shortened(
        to limit: Int,
        _ unit: TextUnit,
        rendered render: (String) -> String
    ) -> String {
        let whole = render(self)
        guard unit.length(of: whole) > limit else { return whole }
        let cut = longestPrefix(of: Array(indices.prefix(max(0, limit)))) {
            unit.length(of: render($0 + "…")) <= limit
        }
        if !cut.isEmpty { return render(cut + "…") }
        let torn = longestPrefix(of: Array(unicodeScalars.indices.prefix(max(0, limit)))) {
            unit.length(of: render($0 + "…")) <= limit
        }
        let text = render(torn + "…")
        return unit.length(of: text) <= limit ? text : ""
    }

    /// The longest beginning that ends at one of the places and fits; empty if none does.
    private func longestPrefix(of ends: [Index], fits: (String) -> Bool) -> String {
        var low = 0
        var high = ends.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if fits(String(self[..<ends[middle]])) { low = middle } else { high = middle }
        }
        guard low < ends.count else { return "" }
        // A blank or a joiner before the ellipsis says nothing.
        var end = ends[low]
        // By code points: the place may lie within a character, where there is no character before it.
        while end > startIndex {
            let before = unicodeScalars.index(before: end)
            let scalar = unicodeScalars[before]
            guard scalar.properties.isWhitespace || scalar == "\u{200D}" else { break }
            end = before
        }
        return String(self[..<end])
    }
}
