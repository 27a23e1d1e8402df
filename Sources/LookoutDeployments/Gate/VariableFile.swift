import Glibc
import LookoutModel

/// Reads variables from a `.env` or a JSON file of this machine.
///
/// JSON is an object of names and values, or a list of objects with `key` and `value`, as providers export it.
package struct VariableFile: Hashable, Sendable {
    /// The most bytes that such a file may have.
    static let limit = 1 << 20

    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The variables; throws what is wrong with the file, without repeating a value.
    package func read() throws(ProviderFailure) -> [ProviderVariable] {
        let shown = PlainText.line(path, atMost: 200)
        let bytes = try content(shown)
        let first = bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            return try Self.variables(ofJSON: bytes, path: shown)
        }
        do {
            return try EnvironmentFile(bytes).variables
        } catch {
            throw .unexpected("\(shown):\(error.line):\(error.column): \(error.message)")
        }
    }

    static func variables(
        ofJSON bytes: [UInt8],
        path: String
    ) throws(ProviderFailure) -> [ProviderVariable] {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .unexpected("\(path) is no JSON: \(error)")
        }
        let pairs: [(String, JSONValue)]
        switch json {
        case .object(let members): pairs = members.sorted { $0.key < $1.key }
        case .array(let elements):
            pairs = elements.compactMap { element in
                element["key"]?.string.map { ($0, element["value"] ?? .null) }
            }
            guard pairs.count == elements.count else {
                throw .unexpected("\(path): each element of the list must have a \"key\"")
            }
        default: throw .unexpected("\(path): an object of names and values is expected")
        }
        var variables: [ProviderVariable] = []
        for (name, value) in pairs {
            let shown = PlainText.line(name, atMost: 80)
            guard VariableName.isName(name) else {
                throw .unexpected("\(path): \"\(shown)\" is not the name of a variable")
            }
            switch value {
            case .string(let text): variables.append(ProviderVariable(name, value: Secret(text)))
            case .bool, .int: variables.append(ProviderVariable(name, value: Secret(value.jsonText)))
            case .null: variables.append(ProviderVariable(name, value: nil))
            default: throw .unexpected("\(path): the value of \(shown) must be a string")
            }
        }
        return variables
    }

    private func content(_ shown: String) throws(ProviderFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno)).lowercased()
            throw .notFound("the variables cannot be read from \(shown): \(reason)")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unexpected("the variables cannot be read from \(shown): it is not a regular file")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= Self.limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw .unexpected("the variables cannot be read from \(shown)")
            }
        }
        throw .unexpected(
            "the variables cannot be read from \(shown): it is larger than \(Self.limit >> 10) KiB"
        )
    }
}
