import LookoutModel

/// Rules may quote a whole page of a target; what is kept is bounded.
extension AlertTexts {
    /// In bytes.
    private enum Limit {
        static let text = 16 << 10
        static let annotation = 4 << 10
        static let annotationName = 256
        /// All annotations together.
        static let annotations = 32 << 10
    }

    /// Cuts each text to its limit, with an ellipsis at the end; of the annotations, the last ones in
    /// the order of their names get what the others leave, or are left out.
    mutating func shorten() {
        summary = summary.shortened(toBytes: Limit.text)
        description = description.shortened(toBytes: Limit.text)
        runbook = runbook?.shortened(toBytes: Limit.text)
        guard !annotations.isEmpty else { return }
        var room = Limit.annotations
        for (name, text) in annotations.sorted(by: { $0.key < $1.key }) {
            room -= name.utf8.count
            guard name.utf8.count <= Limit.annotationName, room > 0 else {
                annotations[name] = nil
                continue
            }
            let shortened = text.shortened(toBytes: min(Limit.annotation, room))
            annotations[name] = shortened
            room -= shortened.utf8.count
        }
    }
}
