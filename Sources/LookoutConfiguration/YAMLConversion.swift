import LookoutSettings
import Yams

/// Makes settings nodes of what Yams has composed, as far as there is room.
struct YAMLConversion {
    /// Stands for the `*` of an alias that is not to be followed: a character for private use.
    static let aliasMask: Unicode.Scalar = "\u{E000}"

    private let file: String
    private(set) var diagnostics = Diagnostics()
    private var nodesLeft = YAMLReader.maximumNodes

    private let mergeKeys: YAMLReader.MergeKeys

    init(file: String, mergeKeys: YAMLReader.MergeKeys = .refused) {
        self.file = file
        self.mergeKeys = mergeKeys
    }

    mutating func convert(_ node: Node) -> SettingsNode {
        let place = position(of: node)
        let nothing = SettingsNode(.null, at: place)
        nodesLeft -= 1
        guard nodesLeft >= 0 else {
            if nodesLeft == -1 {
                let message = "the file holds more than \(YAMLReader.maximumNodes) values, aliases followed"
                diagnostics.error(message, at: SourcePosition(file: file, line: 1, column: 1))
            }
            return nothing
        }
        guard ["str", "seq", "map"].contains(where: { node.tag.description == "tag:yaml.org,2002:\($0)" })
        else {
            let tag = node.tag.description.shortened
            diagnostics.error(
                "the tag \(tag) is not supported",
                at: place,
                hint: "leave it out; secrets are written as {env: NAME}"
            )
            return nothing
        }
        switch node {
        case .scalar(let scalar): return SettingsNode(YAMLConversion.content(of: scalar), at: place)
        case .sequence(let sequence):
            var elements: [SettingsNode] = []
            for element in sequence where nodesLeft >= 0 { elements.append(convert(element)) }
            return SettingsNode(.sequence(elements), at: place)
        case .mapping(let mapping):
            var entries: [SettingsNode.Entry] = []
            for (key, value) in mapping where nodesLeft >= 0 {
                if let entry = entry(key, value) { entries.append(entry) }
            }
            return SettingsNode(.mapping(entries), at: place)
        case .alias: return nothing
        }
    }

    private static func content(of scalar: Node.Scalar) -> SettingsNode.Content {
        guard scalar.style == .plain else { return .scalar(scalar.string, isQuoted: true) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return .null
        default: return .scalar(scalar.string, isQuoted: false)
        }
    }

    private mutating func entry(_ key: Node, _ value: Node) -> SettingsNode.Entry? {
        let place = position(of: key)
        guard case .scalar(let scalar) = key, scalar.string.unicodeScalars.first != YAMLConversion.aliasMask
        else {
            diagnostics.error("a key must be plain text", at: place)
            return nil
        }
        guard scalar.string != "<<" || scalar.style != .plain || mergeKeys == .kept else {
            diagnostics.error(
                "merging mappings with << is not supported",
                at: place,
                hint: "what probes share goes into defaults and environments"
            )
            return nil
        }
        return SettingsNode.Entry(key: scalar.string, position: place, value: convert(value))
    }

    private func position(of node: Node) -> SourcePosition {
        SourcePosition(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}
