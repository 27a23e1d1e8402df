package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts to Microsoft Teams through a workflow of Power Automate.
package struct TeamsReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// A secret: its query holds the signature that lets anybody post.
        var url = Secret("")

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "url",
                    \.url,
                    "The address of the workflow, such as {credential: NAME}.",
                    required: true
                )
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                url.reveal(),
                of: node,
                example: "https://….logic.azure.com/workflows/…/triggers/manual/paths/invoke?…",
                &context
            )
        }
    }

    package static let name = "teams"
    package static let summary = "Posts a card to Microsoft Teams through a workflow."

    /// The workflow takes the card and answers before it posts it: a good answer proves no more than that.
    static let table = AnswerTable(
        provider: "Teams",
        // A page is not from a workflow.
        acceptance: { $0.text.hasPrefix("<") ? nil : AnswerTable.Acceptance() },
        fault: { answer in
            guard let error = answer.json?["error"], let code = error["code"]?.string else { return nil }
            return AnswerTable.Fault(word: code, explanation: error["message"]?.string)
        },
        faults: [
            "WorkflowTriggerIsNotEnabled": .broken, "WorkflowNotFound": .broken,
            "DirectApiAuthorizationRequired": .broken, "InvalidWorkflowTriggerName": .broken,
            "TriggerRequestMethodNotValid": .broken, "ExpiredAuthenticationToken": .broken,
        ]
    )

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let card = TeamsCard(message: Message(delivery, tools), isPlain: delivery.form == .plain)
        return await ProviderPost(card.json, to: settings.url, reading: Self.table).send(tools)
    }
}
