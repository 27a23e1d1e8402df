extension Gate {
    /// All of them; a new gate is one declaration and one line here.
    static let all = [
        clocks, unstructuredTasks, accessLevels, foundation, uncheckedSendability, fileLength, documentation,
    ]

    static let clocks = Gate(
        "clocks are read through a Timekeeper",
        forbids: [
            "Date()", "Date.now", "ContinuousClock", "SuspendingClock", "Task.sleep", "clock_gettime",
            "gettimeofday", "DispatchTime.now", "usleep(", "nanosleep(",
        ],
        exceptIn: [
            "LookoutProbing/Time/",
            // The thread of libcurl measures its phases and deadlines itself.
            "LookoutHTTP/MonotonicTime.swift",
            // A log line bears the time at which it is written.
            "LookoutDaemon/LineLogHandler.swift",
            // The simulated stack is slow in real time.
            "LookoutDemo/",
            "LookoutTestSupport/",
            // Waits in real time for what leaves the simulated world.
            "LookoutSimulation/Eventually.swift",
        ]
    )

    static let unstructuredTasks = Gate(
        "a task is the child of another",
        forbids: ["Task {", "Task.detached", "Task(", "Task.immediate", "Task.immediateDetached"],
        exceptIn: [
            // Says why it must be able to leave a task behind.
            "LookoutProbing/Schedule/AbandonableCall.swift",
            "LookoutDaemon/", "LookoutCommands/", "LookoutDemo/", "LookoutTestSupport/",
            // Starts what runs in a simulated world.
            "LookoutSimulation/Simulation.swift",
        ]
    )

    static let accessLevels = Gate(
        "nothing is more than `package`",
        forbids: ["public ", "open class ", "open func ", "open var "],
        exceptIn: []
    )

    static let foundation = Gate("the vocabulary and the engines do without Foundation") { source in
        guard ["LookoutModel", "LookoutSettings", "LookoutStatistics", "CEL"].contains(source.target) else {
            return []
        }
        return source.imports.filter { $0.module.hasPrefix("Foundation") }.map {
            Violation(path: source.path, line: $0.line.number, message: "imports \($0.module)")
        }
    }

    /// Promises to the compiler stand where C forces them, and say why.
    static let uncheckedSendability = Gate("an unchecked promise says why it holds") { source in
        let mayPromise = ["LookoutHTTP", "CEL", "LookoutTestSupport"].contains(source.target)
        return source.lines.enumerated().filter { _, line in
            line.code.contains("@unchecked Sendable") || line.code.contains("nonisolated(unsafe)")
        }.compactMap { index, line in
            let context = source.lines[max(0, index - 4)...index]
            let isExplained = context.contains { $0.text.contains("//") }
            guard !mayPromise || !isExplained else { return nil }
            let message = mayPromise ? "an unchecked promise without a reason" : "an unchecked promise"
            return Violation(path: source.path, line: line.number, message: message)
        }
    }

    static let fileLength = Gate("a file has one purpose") { source in
        guard source.lines.count > 401 else { return [] }
        return [Violation(path: source.path, line: 401, message: "\(source.lines.count) lines, 400 at most")]
    }

    /// Every type and protocol that other modules see says what it is.
    static let documentation = Gate("a package type is documented") { source in
        let declarations = ["struct", "class", "enum", "actor", "protocol"]
        let modifiers = ["final", "indirect", "nonisolated"]
        return source.lines.enumerated().compactMap { index, line in
            var words = line.code.split(separator: " ").map(String.init)
            while let word = words.first, word.hasPrefix("@") { words.removeFirst() }
            guard words.first == "package" else { return nil }
            words.removeFirst()
            while let word = words.first, modifiers.contains(word) { words.removeFirst() }
            guard words.count >= 2, declarations.contains(words[0]), words[1] != "func", words[1] != "var"
            else {
                return nil
            }
            let above = source.lines[..<index].last { line in
                !line.text.drop { $0 == " " }.hasPrefix("@")
            }
            let isDocumented = above?.text.drop { $0 == " " }.hasPrefix("///") ?? false
            let message = "\(words[1]) has no doc comment"
            return isDocumented ? nil : Violation(path: source.path, line: line.number, message: message)
        }
    }
}
