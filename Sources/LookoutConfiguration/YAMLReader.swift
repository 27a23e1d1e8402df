package import LookoutSettings
import Yams

/// Reads YAML into settings nodes that know their places.
///
/// What a configuration has no use for is an error: more than one document, keys that are not
/// plain text, tags, merge keys. Aliases are followed, up to a number of nodes, so a few lines
/// cannot grow into gigabytes.
package struct YAMLReader: Sendable {
    /// The name of the file in messages.
    package let file: String
    /// The most bytes a file may have.
    package static let maximumSize = 1_048_576
    /// The most nodes a file may have, with each alias counted as what it stands for.
    package static let maximumNodes = 100_000

    /// What becomes of merge keys (`<<`): other tools' files have them, ours do not.
    package enum MergeKeys: Sendable {
        case refused
        /// They stay in their mapping, as an entry of that name, for the reader to merge.
        case kept
    }

    private let mergeKeys: MergeKeys

    package init(file: String, mergeKeys: MergeKeys = .refused) {
        self.file = file
        self.mergeKeys = mergeKeys
    }

    /// What was read: the content, and the text for those who point into it.
    package struct Document: Sendable {
        package let root: SettingsNode
        package let source: String
    }

    /// Reads the file itself.
    package func readFile() -> Result<Document, Diagnostics> {
        do {
            return read(try RegularFile(path: file, limit: YAMLReader.maximumSize).read())
        } catch {
            return .failure(Diagnostics(error: "\(file) cannot be read: \(error.message)", at: nil))
        }
    }

    /// Reads a text in UTF-8.
    package func read(_ bytes: [UInt8]) -> Result<Document, Diagnostics> {
        guard bytes.count <= YAMLReader.maximumSize else {
            let message = "the file is larger than \(YAMLReader.maximumSize / 1024) KiB"
            return .failure(Diagnostics(error: message, at: start))
        }
        do {
            let source = try text(of: bytes)
            try checkAliases(of: source)
            guard let node = try compose(source) else {
                return .failure(Diagnostics(error: "the file is empty", at: start))
            }
            var conversion = YAMLConversion(file: file, mergeKeys: mergeKeys)
            let root = conversion.convert(node)
            if conversion.diagnostics.hasErrors { return .failure(conversion.diagnostics) }
            return .success(Document(root: root, source: source))
        } catch let error as Diagnostics {
            return .failure(error)
        } catch let error as YamlError {
            return .failure(YAMLFault(error, file: file).diagnostics)
        } catch {
            return .failure(Diagnostics(error: "not valid YAML: \(error)", at: start))
        }
    }

    private var start: SourcePosition { SourcePosition(file: file, line: 1, column: 1) }

    /// The text of a file, without a byte order mark.
    private func text(of bytes: [UInt8]) throws(Diagnostics) -> String {
        do {
            let text = String(copying: try UTF8Span(validating: bytes.span))
            return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        } catch {
            let before = String(decoding: bytes[..<error.byteOffsets.lowerBound], as: UTF8.self)
            throw Diagnostics(
                error: "the file is not valid UTF-8",
                at: SourcePosition(file: file, after: before),
                hint: "save it as UTF-8"
            )
        }
    }

    /// The root of the only document; nil if there is none.
    ///
    /// Types are not guessed from the text: they are the business of who reads the nodes.
    private func compose(_ text: String) throws -> Node? {
        try Yams.compose(yaml: text, .basic, .default, .utf8)
    }

    /// Refuses aliases as keys, before any alias is followed.
    ///
    /// Yams compares the keys of a mapping, and what nested aliases stand for may take for ever to
    /// compare. So the text is first composed with each alias masked as a word of the same length.
    private func checkAliases(of text: String) throws {
        let scalars = Array(text.unicodeScalars)
        var masked = String.UnicodeScalarView()
        var hasAliases = false
        for (index, scalar) in scalars.enumerated() {
            let isAlias = scalar == "*" && index + 1 < scalars.count && scalars[index + 1].isAnchorCharacter
            masked.append(isAlias ? YAMLConversion.aliasMask : scalar)
            hasAliases = hasAliases || isAlias
        }
        guard hasAliases, let root = try Yams.compose(yaml: String(masked), .basic, .default, .utf8) else {
            return
        }
        var conversion = YAMLConversion(file: file, mergeKeys: mergeKeys)
        _ = conversion.convert(root)
        let keyFaults = conversion.diagnostics
        if keyFaults.hasErrors { throw keyFaults }
    }
}

extension Unicode.Scalar {
    /// Whether libyaml takes it for part of an anchor's name.
    fileprivate var isAnchorCharacter: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
            || self == "_" || self == "-"
    }
}

extension SourcePosition {
    /// The place behind a text that the file begins with.
    init(file: String, after text: String) {
        var line = 1
        var column = 1
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        self.init(file: file, line: line, column: column)
    }
}

extension Diagnostics {
    /// One error and nothing else.
    init(error message: String, at position: SourcePosition?, hint: String? = nil) {
        self.init()
        self.error(message, at: position, hint: hint)
    }
}
