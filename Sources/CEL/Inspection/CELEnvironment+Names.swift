extension CELEnvironment {
    /// The names of all functions that expressions can call, those of the standard library included; without
    /// operators and macros.
    package var functionNames: [String] {
        Set(functions.names(isMember: false) + functions.names(isMember: true))
            .filter { !$0.hasPrefix("_") && !$0.contains("@") }.sorted()
    }
}
