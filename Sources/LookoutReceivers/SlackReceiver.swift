package import LookoutAlerting
import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// Posts to a Slack channel through an incoming webhook.
package struct SlackReceiver: ReceiverType {
    /// What the configuration says of such a receiver.
    package struct Settings: LookoutSettings.Settings {
        /// A secret: who has the address can post.
        var url = Secret("")

        package init() {}

        package static var fields: [Field<Settings>] {
            [
                Field(
                    "url",
                    \.url,
                    "The address of the incoming webhook, such as {credential: NAME}.",
                    required: true
                )
            ]
        }

        package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
            WebAddress.check(
                url.reveal(),
                of: node,
                example: "https://hooks.slack.com/services/T…/B…/…",
                &context
            )
        }
    }

    package static let name = "slack"
    package static let summary = "Posts to a Slack channel through an incoming webhook."

    /// The answer is text: `ok`, or a word for what is wrong.
    static let table = AnswerTable(
        provider: "Slack",
        acceptance: { $0.text == "ok" ? AnswerTable.Acceptance() : nil },
        fault: { answer in
            (answer.word ?? answer.json?["error"]?.string).map { AnswerTable.Fault(word: $0) }
        },
        faults: SlackFaults.meanings,
        waits: [.header("Retry-After"), .body(["retry_after"])]
    )

    private let settings: Settings

    package init(name: String, settings: Settings) {
        self.settings = settings
    }

    package func send(_ delivery: Delivery, _ tools: ReceiverTools) async -> SendVerdict {
        let message = SlackMessage(message: Message(delivery, tools), isPlain: delivery.form == .plain)
        return await ProviderPost(.object(message.members), to: settings.url, reading: Self.table).send(tools)
    }
}

/// What Slack's words for what is wrong mean, for its webhooks and its Web API alike.
enum SlackFaults {
    private static let retry = [
        "ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error",
        "service_unavailable", "request_timeout", "rollup_error", "team_added_to_org",
    ]
    private static let broken = [
        // The account, its token and what that may do.
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission",
        "missing_scope", "not_allowed_token_type", "org_login_required", "ekm_access_denied",
        "team_access_not_granted", "access_denied", "accesslimited", "two_factor_setup_required",
        "enterprise_is_restricted", "deprecated_endpoint", "method_deprecated", "app_missing_action_url",
        // The channel.
        "channel_not_found", "channel_is_archived", "is_archived", "not_in_channel", "user_not_found",
        "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel", "as_user_not_supported",
        "posting_to_general_channel_denied",
        // The webhook.
        "no_service", "no_service_id", "no_team", "team_disabled", "invalid_token", "no_active_hooks",
        "action_prohibited",
    ]

    static let meanings: [String: AnswerTable.Meaning] = Dictionary(
        retry.map { ($0, .retry) } + broken.map { ($0, .broken) },
        uniquingKeysWith: { first, _ in first }
    )
}
