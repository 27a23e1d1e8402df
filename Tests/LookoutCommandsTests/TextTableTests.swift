import Testing

@testable import LookoutCommands

@Suite struct Tables {
    @Test func `columns are as wide as their widest cell and lines end with their text`() {
        var table = TextTable(header: ["A", "LONGER"])
        table.add(["first", "x"])
        table.add(["b", ""])
        #expect(table.text == "A      LONGER\nfirst  x\nb\n")
    }

    @Test func `control and formatting characters of targets do not reach the terminal`() {
        var table = TextTable(header: ["WHAT"])
        table.add(["\u{1B}[31mred\u{202E}\n"])
        #expect(table.text == "WHAT\n [31mred\n")
    }
}
