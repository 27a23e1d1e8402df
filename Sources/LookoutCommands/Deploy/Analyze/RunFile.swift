import CELExchange
import LookoutDeployments
import LookoutModel
import LookoutStatistics

/// A file of runs, a line of JSON each, as `RunLine` has it.
struct RunFile {
    /// Why the file is not taken: every fault that it was read for, a line each.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Nobody reads more, and a file of another kind would give millions.
    private static let mostFaults = 10

    /// In the order of the file.
    private(set) var runs: [String: [CheckSample]] = [:]

    /// Reads a file, or standard input for `-`; empty lines are skipped.
    init(_ path: String) throws(Failure) {
        let name = path == "-" ? "standard input" : path
        var faults: [String] = []
        do throws(InputLines.Failure) {
            var input = try InputLines(file: path == "-" ? nil : path)
            var number = 0
            while faults.count < Self.mostFaults, let line = try input.next() {
                number += 1
                if let fault = take(line) { faults.append("\(name):\(number): \(fault)") }
            }
        } catch {
            throw Failure(description: "\(error)")
        }
        guard faults.isEmpty else {
            if faults.count == Self.mostFaults { faults.append("\(name): not read any further") }
            throw Failure(description: faults.joined(separator: "\n"))
        }
    }

    /// What is wrong with the line; nil if it was taken.
    private mutating func take(_ line: LineSplitter.Line) -> String? {
        guard case .text(let bytes) = line else { return "the line is too long to be a run" }
        guard !bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else { return nil }
        do throws(RunLine.Fault) {
            let run = try RunLine(parsing: bytes)
            runs[run.check, default: []].append(run.sample)
            return nil
        } catch {
            return error.description
        }
    }
}
