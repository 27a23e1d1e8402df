import Glibc

/// A table in Markdown with columns of even width.
struct TextTable {
    private var rows: [[String]]

    init(_ columns: String...) {
        self.init(columns)
    }

    init(_ columns: [String]) {
        rows = [columns]
    }

    mutating func add(_ cells: String...) {
        add(cells)
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    func show() {
        let columns = rows[0].indices
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for (index, row) in rows.enumerated() {
            let cells = columns.map { column in
                let room = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + room : room + row[column]
            }
            print("| \(cells.joined(separator: " | ")) |")
            if index == 0 {
                let lines = columns.map { column in
                    column == 0
                        ? String(repeating: "-", count: widths[column])
                        : String(repeating: "-", count: widths[column] - 1) + ":"
                }
                print("| \(lines.joined(separator: " | ")) |")
            }
        }
        print("")
        // Also where the output is a file: a benchmark takes minutes.
        fflush(nil)
    }
}

extension Int {
    /// The digits with the thousands set apart.
    var grouped: String {
        let digits = String(self).reversed().enumerated()
        return String(digits.flatMap { $0 > 0 && $0 % 3 == 0 ? [",", $1] : [$1] }.reversed())
    }
}

extension Double {
    /// Three significant digits, the thousands of large numbers set apart.
    var short: String {
        guard isFinite else { return "–" }
        switch abs(self) {
        case 1000...: return Int(rounded()).grouped
        case 100...: return rounded(to: 0)
        case 10...: return rounded(to: 1)
        default: return rounded(to: 2)
        }
    }

    private func rounded(to decimals: Int) -> String {
        let factor = [1.0, 10, 100][decimals]
        let value = (self * factor).rounded() / factor
        return decimals == 0 ? "\(Int(value))" : "\(value)"
    }
}
