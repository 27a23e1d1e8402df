import ArgumentParser
import LookoutModel

/// The exit codes of all commands: below 64 a verdict, from 64 on sysexits(3).
extension ExitCode {
    /// Everything that was asked is well.
    static let allWell = ExitCode(0)
    /// 64: the command line is wrong; ArgumentParser uses the same.
    static let usage = ExitCode(64)
    /// 65: a given rule file, or other input, is wrong.
    static let dataError = ExitCode(65)
    /// 69: something could not be asked: a check ended in an error, or the daemon does not answer.
    static let unavailable = ExitCode(69)
    /// 70: a fault of Lookout itself.
    static let software = ExitCode(70)
    /// 73: a file cannot be written.
    static let cannotCreate = ExitCode(73)
    /// 74: something could not be read or written.
    static let inputOutput = ExitCode(74)
    /// 77: this user may not do it: the agent's token cannot be read, or is not the right one.
    static let noPermission = ExitCode(77)
    /// 78: the configuration is wrong.
    static let configuration = ExitCode(78)

    /// 1, 2 or 3: the worst severity that was found.
    static func found(_ severity: Severity) -> ExitCode {
        ExitCode(Int32(severity.rawValue))
    }
}
