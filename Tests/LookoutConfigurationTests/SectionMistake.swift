import Testing

/// A mistake in a section about telling, with what is said of it; the section begins in line 4.
struct SectionMistake: CustomTestStringConvertible {
    let text: String
    /// Without the name of the file.
    let messages: [String]

    init(_ text: String, _ messages: String...) {
        self.text = text
        self.messages = messages
    }

    var testDescription: String { text }
}

extension SectionMistake {
    /// Of `routes`.
    static let routes = [
        SectionMistake(
            "routes: {receivers: [tem]}",
            "4:22: error: there is no receiver \"tem\"\n  hint: did you mean \"team\"?"
        ),
        SectionMistake(
            "routes: {receivers: [team], fallback: [nobody]}",
            "4:40: error: there is no receiver \"nobody\"\n  hint: known here: team"
        ),
        SectionMistake(
            "routes: {}",
            "4:9: error: the routes have no receiver for what no branch takes\n"
                + "  hint: name some as receivers or as fallback"
        ),
        SectionMistake(
            "routes: {receivers: [team], recievers: [team]}",
            "4:29: error: unknown key \"recievers\"\n  hint: did you mean \"receivers\"?"
        ),
        SectionMistake(
            "routes: {receivers: [team], escalate_after: 5m}",
            "4:45: error: \"escalate_after\" and \"escalate_to\" belong together"
        ),
        SectionMistake(
            "routes: {receivers: [team], routes: [{escalate_to: [team]}]}",
            "4:52: error: \"escalate_after\" and \"escalate_to\" belong together"
        ),
        SectionMistake(
            "routes: {receivers: [team], escalate_after: 5s, escalate_to: [team]}",
            "4:45: error: 5s is not from 1m to 7d"
        ),
        SectionMistake(
            "routes: {receivers: [team], routes: [{active: [night]}]}",
            "4:48: error: there is no time interval \"night\"\n  hint: none is defined"
        ),
        SectionMistake(
            "routes: {receivers: [team], routes: [{routes: [{mute: [nigths]}]}]}\n"
                + "time_intervals: {nights: [{times: [\"22:00-06:00\"]}]}",
            "4:56: error: there is no time interval \"nigths\"\n  hint: did you mean \"nights\"?"
        ),
        SectionMistake(
            "routes: {receivers: [team], routes: [{matchers: [severity]}]}",
            "4:58: error: in the matcher \"severity\": one of =, !=, =~ and !~ is expected here\n"
                + "  hint: write it as in Alertmanager: 'severity=\"1\"', 'feature=~\"chat|pam\"'"
        ),
        SectionMistake(
            "routes: {receivers: [team], routes: {matchers: []}}",
            "4:37: error: expected a list, found a mapping"
        ),
        SectionMistake(
            "routes: {receivers: team}",
            "4:21: error: expected a list, found a text"
        ),
        SectionMistake(
            "routes: {receivers: [team], routes: [{continue: yes}]}",
            "4:49: error: expected true or false, found \"yes\""
        ),
    ]
}
