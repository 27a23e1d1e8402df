/// Names and values that identify something, ordered by name so that equal labels have one text.
package struct Labels: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private var storage: [String: String]

    package init(_ storage: [String: String] = [:]) {
        self.storage = storage
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }

    package subscript(name: String) -> String? {
        get { storage[name] }
        set { storage[name] = newValue }
    }

    package var dictionary: [String: String] { storage }

    /// Name and value pairs, ordered by the UTF-8 bytes of the name.
    package var sorted: [(name: String, value: String)] {
        storage.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (name: $0.key, value: $0.value) }
    }

    /// `name=value` pairs with commas between them, for logs.
    package var text: String {
        sorted.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    }

    /// Both sets of labels; where both have a name, the other's value wins.
    package func merging(_ other: Labels) -> Labels {
        Labels(storage.merging(other.storage) { _, theirs in theirs })
    }
}
