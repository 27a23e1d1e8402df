package import LookoutAlerting
package import LookoutSettings

/// `announcements`: how the steps of the communication protocol are worded.
struct AnnouncementSettings: Settings {
    var planned = StepSettings()
    var start = StepSettings()
    var document = StepSettings()
    var watch = StepSettings()
    var update = StepSettings()
    var close = StepSettings()

    static var fields: [Field<AnnouncementSettings>] {
        [
            Field("planned", \.planned, "Something will be deployed."),
            Field("start", \.start, "The work begins."),
            Field("document", \.document, "The issue and its fix are written down."),
            Field("watch", \.watch, "The work is done, and what comes of it is watched."),
            Field("update", \.update, "What is known has changed."),
            Field("close", \.close, "It is over."),
        ]
    }

    /// The protocol; what nobody words is worded as in the deployment workflow.
    var communication: CommunicationProtocol {
        var communication = CommunicationProtocol.standard
        for (stage, step) in [
            (.planned, planned), (.start, start), (.document, document), (.watch, watch), (.update, update),
            (.close, close),
        ] as [(Announcement.Stage, StepSettings)] {
            guard var words = communication.steps[stage] else { continue }
            words.title = step.title ?? words.title
            words.text = step.text ?? words.text
            words.next = step.next ?? words.next
            communication.steps[stage] = words
        }
        return communication
    }
}

/// The words of one step.
struct StepSettings: Settings {
    var title: AnnouncementTemplate?
    var text: AnnouncementTemplate?
    var next: AnnouncementTemplate?

    static var fields: [Field<StepSettings>] {
        [
            Field("title", \.title, "One line, such as \"{{ subject }} begins\"."),
            Field("text", \.text, "What stands below it. Default: \"{{ remark }}\"."),
            Field("next", \.next, "What is to be done next."),
        ]
    }
}

extension AnnouncementTemplate: SettingsValue {
    package static var shape: Shape { .string(pattern: nil) }

    package init?(_ node: SettingsNode, _ context: inout SettingsContext) {
        guard let text = node.text(&context, expecting: "a text such as \"{{ subject }} begins\"") else {
            return nil
        }
        do throws(Mistake) {
            try self.init(text)
        } catch {
            let names = Field.allCases.map(\.rawValue)
            let known = "there are \(names.joined(separator: ", "))"
            context.diagnostics.error(
                error.message,
                at: node.position(ofCharacter: error.offset + 1),
                hint: error.unknown.map { Spelling.hint(for: $0, among: names) ?? known }
            )
            return nil
        }
    }
}
