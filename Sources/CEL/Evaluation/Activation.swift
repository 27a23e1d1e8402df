/// The values of an environment's variables for one or more evaluations.
///
/// Variables are stored by the slot that the environment gave them. Copies are cheap, so an activation
/// may be made once and used for all rules of its environment.
package struct Activation: Sendable {
    private(set) var values: [Value?]
    private let slots: [String: Int]

    /// An activation without values: a program that asks for an unbound variable fails.
    package init(_ environment: CELEnvironment) {
        values = Array(repeating: nil, count: environment.variables.count)
        slots = environment.slots
    }

    /// The value in a slot, see `CELEnvironment.slot(of:)`.
    package subscript(slot: Int) -> Value? {
        get { values[slot] }
        set { values[slot] = newValue }
    }

    /// The value of a variable by name; a name that the environment does not declare is ignored.
    package subscript(name: String) -> Value? {
        get { slots[name].flatMap { values[$0] } }
        set {
            guard let slot = slots[name] else { return }
            values[slot] = newValue
        }
    }
}
