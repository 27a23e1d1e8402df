import LookoutModel

/// Variables as a `.env` file has them.
///
/// `NAME=value`, `export` before it, comments, quotes: in double ones `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are read, in
/// single ones nothing is; both may go over lines. A byte order mark and line ends of Windows do not count. Nothing is
/// filled in: a `$NAME` stands for itself.
package struct EnvironmentFile: Hashable, Sendable {
    /// A place where the text is not understood; no value is repeated.
    package struct Fault: Error, Hashable, Sendable {
        package let line: Int
        package let column: Int
        package let message: String
    }

    /// In the file's order; a repeated name stands once, with its last value.
    package let variables: [ProviderVariable]
    /// Names that stand in it more than once.
    package let repeated: [String]

    package init(_ bytes: [UInt8]) throws(Fault) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault(line: 1, column: 1, message: "the file is not UTF-8 text")
        }
        var reader = EnvironmentFileReader(text)
        try self.init(reader.read())
    }

    private init(_ pairs: [(name: String, value: String)]) {
        var last: [String: String] = [:]
        var order: [String] = []
        var repeated: [String] = []
        for (name, value) in pairs {
            if last.updateValue(value, forKey: name) == nil {
                order.append(name)
            } else if !repeated.contains(name) {
                repeated.append(name)
            }
        }
        variables = order.map { ProviderVariable($0, value: last[$0].map { Secret($0) }) }
        self.repeated = repeated
    }

    /// A value as it must stand in such a file to be read back.
    package static func quoted(_ value: String) -> String {
        let isPlain = value.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-_./:,@%+=~?&".unicodeScalars.contains(scalar)
        }
        if isPlain { return value }
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\"", "\\", "$": text += "\\\(scalar)"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
