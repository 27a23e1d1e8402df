extension String {
    /// The text, or as much of it as fits into a number of UTF-8 bytes with an ellipsis at the end.
    ///
    /// Never cuts through a scalar.
    package func shortened(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        let ellipsis = "…"
        let room = limit - ellipsis.utf8.count
        guard room >= 0 else { return "" }
        var end = utf8.index(startIndex, offsetBy: room)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil {
            end = utf8.index(before: end)
        }
        return self[..<end] + ellipsis
    }
}
