import LookoutSettings

/// Keys whose value is kept as far as it can be read.
///
/// A section with one mistake is then looked at further: what it names and is not there is reported with
/// the rest, and what stands in it is known to those who name it.
extension Field {
    init<Section: Settings>(
        _ key: String,
        readable path: any WritableKeyPath<Root, Section?> & Sendable,
        _ summary: String
    ) {
        self.init(key, summary, shape: Section.shape) { node, context, root in
            let (section, isSound) = Section.readable(node, &context)
            root[keyPath: path] = section
            return isSound
        }
    }

    /// The same of a list; `shape` is given where the list's own would have no end.
    init<Section: Settings>(
        _ key: String,
        readable path: any WritableKeyPath<Root, [Section]> & Sendable,
        _ summary: String,
        shape: Shape? = nil
    ) {
        self.init(key, summary, shape: shape ?? [Section].shape) { node, context, root in
            let (elements, isSound) = Section.readableList(node, &context)
            root[keyPath: path] = elements
            return isSound
        }
    }

    /// The same of lists by name.
    init<Section: Settings>(
        _ key: String,
        readable path: any WritableKeyPath<Root, [String: [Section]]> & Sendable,
        _ summary: String
    ) {
        self.init(key, summary, shape: [String: [Section]].shape) { node, context, root in
            let reportsBefore = context.diagnostics.errorReports
            for entry in node.entries(&context) ?? [] {
                root[keyPath: path][entry.key] = Section.readableList(entry.value, &context).elements
            }
            return context.diagnostics.errorReports == reportsBefore
        }
    }
}

extension Settings {
    /// The elements of a list, each as far as it can be read.
    fileprivate static func readableList(
        _ node: SettingsNode,
        _ context: inout SettingsContext
    ) -> (elements: [Self], isSound: Bool) {
        guard case .sequence(let nodes) = node.content else {
            context.error("expected a list, found \(node.kind)", at: node)
            return ([], false)
        }
        let elements = nodes.map { readable($0, &context) }
        return (elements.map(\.settings), elements.allSatisfy(\.isSound))
    }
}
