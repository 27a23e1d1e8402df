import Glibc

/// A terminal that hands over single keys and is put back as it was at the end.
///
/// The alternate screen is used, so that what was on the terminal before is there again after.
struct RawTerminal: ~Copyable {
    private let saved: termios

    /// Nil if standard input or standard output is no terminal.
    init?() {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
        var found = termios()
        guard tcgetattr(STDIN_FILENO, &found) == 0 else { return nil }
        var raw = found
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 else { return nil }
        saved = found
        StandardStreams.write("\u{1B}[?1049h\u{1B}[?25l")
    }

    deinit {
        StandardStreams.write("\u{1B}[?25h\u{1B}[?1049l")
        var saved = saved
        tcsetattr(STDIN_FILENO, TCSANOW, &saved)
    }

    /// The keys pressed since the last call; does not wait.
    func keys() -> [Character] {
        var keys: [Character] = []
        var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while poll(&request, 1, 0) > 0, request.revents & Int16(POLLIN) != 0 {
            var byte: UInt8 = 0
            guard read(STDIN_FILENO, &byte, 1) == 1 else { break }
            keys.append(Character(UnicodeScalar(byte)))
        }
        return keys
    }

    /// Columns and rows; 80 by 24 if the terminal does not say.
    func size() -> (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Replaces what is on the screen, without flicker.
    func show(_ lines: [String]) {
        let body = lines.map { "\($0)\u{1B}[K" }.joined(separator: "\r\n")
        StandardStreams.write("\u{1B}[H\(body)\u{1B}[J")
    }
}
