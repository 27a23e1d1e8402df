import LookoutConfiguration
import LookoutRules
import LookoutSettings
import Testing

@Suite struct ScalarPlacementTests {
    /// Files whose value of `key` has an X that is to be found.
    @Test(arguments: [
        "key: plain X here",
        "key: \"double X\"",
        "key: 'single X'",
        "key: 'it''s ''quoted'' X'",
        #"key: "a\tb \"q\" \x41 \u00e9 \U0001F600 X""#,
        "key: plain over\n  two\n  lines X end",
        "key: 'single over\n\n   an empty line X'",
        "key: \"double over \\\n   an escaped end X\"",
        "key: \"double over\n   lines \\\"X\\\"\"",
        "key: |\n  literal\n    indented X\n",
        "key: |-\n  first X\n  second\n",
        "key: >-\n  folded\n  over X\n  lines\n",
        "key: >\n  folded\n\n  past an empty line X\n",
        "key: >- # remark\n      far in\n      folded X\n",
        "other: x\nkey:   far \u{e9}\u{1F600} X",
        "key: {in: 1, flow: [a, 'b X']}",
        "key:\n  on the next line X",
        "key: a  wide   gap X\r\nother: 1\r\n",
    ])
    func `finds a character of the value in the file`(file: String) throws {
        let node = try YAMLReader(file: "f.yaml").read(Array(file.utf8)).get().root
        let key = try #require(node["key"])
        let found = try #require(scalarWithX(key))
        let offset = try #require(found.text.unicodeScalars.firstOffset(of: "X"))
        let position = ScalarPlacement(source: file).position(of: offset, in: found)
        let line = file.replacing("\r\n", with: "\n").split(
            separator: "\n",
            omittingEmptySubsequences: false
        )[position.line - 1]
        #expect(Array(line.unicodeScalars)[position.column - 1] == "X")
    }

    @Test func `falls back to the place of the value when the file says something else`() {
        let text = SourceText("a + b", at: SourcePosition(file: "f.yaml", line: 1, column: 6))
        let placement = ScalarPlacement(source: "key: something else")
        #expect(placement.position(of: 4, in: text) == text.position)
        #expect(ScalarPlacement(source: "").position(of: 4, in: text) == text.position)
    }

    private func scalarWithX(_ node: SettingsNode) -> SourceText? {
        switch node.content {
        case .scalar(let text, _): text.contains("X") ? SourceText(text, at: node.position) : nil
        case .sequence(let nodes): nodes.lazy.compactMap(scalarWithX).first
        case .mapping(let entries): entries.lazy.compactMap { scalarWithX($0.value) }.first
        case .null: nil
        }
    }
}

extension String.UnicodeScalarView {
    fileprivate func firstOffset(of scalar: Unicode.Scalar) -> Int? {
        firstIndex(of: scalar).map { distance(from: startIndex, to: $0) }
    }
}
