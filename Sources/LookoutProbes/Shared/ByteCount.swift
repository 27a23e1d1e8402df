package import LookoutSettings

/// A number of bytes: `4096`, `64KiB`, `2MiB`.
package struct ByteCount: SettingsValue, Hashable {
    let bytes: Int

    init(_ bytes: Int) {
        self.bytes = bytes
    }

    static func kibibytes(_ count: Int) -> ByteCount { ByteCount(count << 10) }
    static func mebibytes(_ count: Int) -> ByteCount { ByteCount(count << 20) }

    /// The most that a probe keeps: a check must not be able to fill the memory.
    static let maximum = ByteCount.mebibytes(64)

    package static var shape: Shape { .string(pattern: "^[0-9]+(B|KiB|MiB)?$") }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a size such as 64KiB") else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let factors = ["": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20]
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int(digits), let factor = factors[String(unit)] else {
            context.error(
                "\"\(text)\" is not a size",
                at: node,
                hint: "write bytes or a unit: 4096, 64KiB, 2MiB"
            )
            return nil
        }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: factor)
        guard !overflows, (1...ByteCount.maximum.bytes).contains(bytes) else {
            context.error("\"\(text)\" is not between 1 byte and 64MiB", at: node)
            return nil
        }
        self.bytes = bytes
    }
}
