import LookoutModel

/// One call of the git program.
struct GitCall: Sendable {
    /// Where it works.
    enum Place: Hashable, Sendable {
        /// A checkout, or a repository without one; never a folder above it.
        case folder(String)
        /// Lookout's own repository, which is never searched for.
        case repository(String)
        case nowhere
    }

    /// Whom it may speak to.
    enum Reach: Hashable, Sendable {
        case nobody
        case remote(RemoteAddress, token: Secret?)
        /// Folders of this machine: the remote of a rehearsal.
        case folders
    }

    var place: Place
    /// The subcommand and what belongs to it.
    var arguments: [String]
    var reach = Reach.nobody
    var input: [UInt8] = []
    /// Nil is what the program allows such a call.
    var timeout: Duration?
    /// The statuses that are an answer.
    var accepted: Set<Int32> = [0]

    init(_ arguments: [String], in place: Place) {
        self.arguments = arguments
        self.place = place
    }

    /// What comes before the subcommand.
    var words: [String] {
        switch place {
        case .folder(let path): ["-C", path, "--no-pager"] + arguments
        case .repository(let path): ["--git-dir=\(path)", "--no-pager"] + arguments
        case .nowhere: ["--no-pager"] + arguments
        }
    }

    /// For people: `git fetch`.
    var name: String { "git \(arguments.first ?? "")" }
}

/// What git answered.
struct GitAnswer: Sendable {
    let status: Int32
    let output: [UInt8]
    /// What it said to its standard error, made safe.
    let complaint: String

    var text: String { String(decoding: output, as: UTF8.self) }

    /// The first line without its end.
    var line: String { String(text.prefix { !$0.isNewline }) }

    /// The parts of an answer that was asked for with `-z`.
    var parts: [String] {
        output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
