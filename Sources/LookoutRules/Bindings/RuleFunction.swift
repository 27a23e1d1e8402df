import CEL
package import LookoutModel

/// A function by which rules look back: how it is declared, what it is for, and what must be kept for it.
struct RuleFunction: Sendable {
    let reference: FunctionReference
    let declaration: FunctionDeclaration
    /// The place of the window among the arguments; nil for a function that looks at none.
    var windowPlace: Int?
    /// What a call with these arguments asks of a check's past; nil stands for an argument that is computed.
    ///
    /// Throws for a window that is none, or that is not written out.
    let demand: @Sendable ([Value?]) throws(EvaluationError) -> HistoryDemand
    /// The samples that a call with these arguments looks at; nil for one that looks at no window.
    let view: @Sendable ([Value], RuleContext) -> WindowView?

    var name: String { reference.name }
}

/// What a window showed to a function.
package struct WindowView: Hashable, Sendable {
    /// How many samples were in it.
    package let count: Int
    /// When the newest of them began.
    package let newest: Timestamp?
}

extension HistoryDemand {
    /// Makes room for what a call looks back on.
    ///
    /// Windows must be written out, so that a check's history keeps what its rules ask for and no more; throws
    /// for one that is computed, and for one that is none.
    mutating func include(_ call: HostCall) throws(EvaluationError) {
        guard let function = HistoryFunctions.byName[call.function] else { return }
        include(try function.demand(call.arguments))
    }
}
