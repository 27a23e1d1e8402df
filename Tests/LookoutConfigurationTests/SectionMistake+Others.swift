extension SectionMistake {
    /// Of `reminders`, `time_intervals` and `maintenance`.
    static let times = [
        SectionMistake(
            "reminders: {1: 10s}",
            "4:16: error: 10s is too often for a reminder\n  hint: at least 5m, or never"
        ),
        SectionMistake("reminders: {4: 1h}", "4:13: error: unknown key \"4\"\n  hint: did you mean \"1\"?"),
        SectionMistake(
            "reminders: {1: sometimes}",
            "4:16: error: \"sometimes\" is not a duration\n  hint: write a number and a unit: 250ms, 30s, 5m, 1h30m, 14d"
        ),
        SectionMistake(
            "time_intervals: {n: [{}]}",
            "4:22: error: the time interval is empty, so it would be always\n  hint: say times, weekdays, days_of_month, months, years, or starts_at and ends_at"
        ),
        SectionMistake(
            "time_intervals: {n: [{times: [\"9-17\"]}]}",
            "4:31: error: expected times such as 09:00-17:00, found the string \"9-17\"\n  hint: from 00:00 to 24:00; 22:00-02:00 ends on the next day"
        ),
        SectionMistake(
            "time_intervals: {n: [{weekdays: [mondy]}]}",
            "4:34: error: expected a weekday such as saturday, or monday:friday, found \"mondy\"\n  hint: did you mean \"monday\"?"
        ),
        SectionMistake(
            "time_intervals: {n: [{weekdays: [sunday], location: Europe/Berln}]}",
            "4:53: error: there is no time zone \"Europe/Berln\"\n  hint: did you mean \"Europe/Berlin\"?"
        ),
        SectionMistake(
            "time_intervals: {n: [{weekday: [sunday]}]}",
            "4:23: error: unknown key \"weekday\"\n  hint: did you mean \"weekdays\"?"
        ),
        SectionMistake(
            "time_intervals: {n: [{starts_at: 2026-12-24T22:00}]}",
            "4:22: error: \"starts_at\" and \"ends_at\" belong together"
        ),
        SectionMistake(
            "time_intervals: {n: [{starts_at: 2026-12-24T22:00, ends_at: 2026-12-24T21:00}]}",
            "4:61: error: it ends before it begins"
        ),
        SectionMistake(
            "time_intervals: {n: [{starts_at: christmas, ends_at: 2026-12-24T21:00}]}",
            "4:34: error: \"christmas\" is not a time\n  hint: write 2026-12-24T22:00 for the location's clocks, or with an offset 2026-12-24T22:00:00+01:00"
        ),
        SectionMistake(
            "time_intervals: {n: [{weekdays: [sunday], first_date: 2026-02-30}]}",
            "4:55: error: \"2026-02-30\" is not a date\n  hint: write it as 2026-12-24"
        ),
        SectionMistake(
            "time_intervals: {n: [{days_of_month: [32]}]}",
            "4:39: error: expected a day such as 1 or -1 (the last one), or 1:7, found \"32\"\n  hint: from -31 to 31, the earlier one first"
        ),
        SectionMistake(
            "time_intervals: {n: {weekdays: [sunday]}}",
            "4:21: error: expected a list, found a mapping"
        ),
        SectionMistake(
            "maintenance: [{name: m, matchers: ['a=\"b\"']}]",
            "4:15: error: the maintenance has no time\n  hint: give it windows or time_intervals"
        ),
        SectionMistake(
            "maintenance: [{matchers: ['a=\"b\"'], windows: [{weekdays: [sunday]}]}]",
            "4:15: error: \"name\" is missing\n  hint: What it is called, unique in this file."
        ),
        SectionMistake(
            "maintenance: [{name: m, matchers: [], windows: [{weekdays: [sunday]}]}]",
            "4:35: error: a maintenance without matchers would be of nothing\n  hint: such as 'environment=\"production\"'"
        ),
        SectionMistake(
            "maintenance: [{name: m, matchers: ['a=\"b\"'], time_intervals: [n]}]",
            "4:63: error: there is no time interval \"n\"\n  hint: none is defined"
        ),
        SectionMistake(
            "maintenance:\n"
                + "  - {name: m, matchers: ['a=\"b\"'], windows: [{weekdays: [sunday]}]}\n"
                + "  - {name: m, matchers: ['a=\"b\"'], windows: [{weekdays: [sunday]}]}",
            "6:12: error: maintenance \"m\" is defined twice\n  hint: the first one stands in line 5"
        ),
    ]

    /// Of `flapping`, `connectivity`, `heartbeats`, `self_alerts` and what all receivers have.
    static let others = [
        SectionMistake(
            "flapping: {start: 20}",
            "4:19: error: flapping would stop at 25 percent of changes, before it starts at 20\n  hint: make stop at most as large as start"
        ),
        SectionMistake(
            "flapping: {stop: 31}",
            "4:18: error: flapping would stop at 31 percent of changes, before it starts at 30\n  hint: make stop at most as large as start"
        ),
        SectionMistake("flapping: {start: 99}", "4:19: error: 99 is not from 1 to 98"),
        SectionMistake(
            "flapping: {exempt: [0]}",
            "4:21: error: severity 0 does not exist\n  hint: 1 is the worst, 3 the mildest"
        ),
        SectionMistake(
            "flapping: {begin: 30}",
            "4:12: error: unknown key \"begin\"\n  hint: known here: exempt, start, stop"
        ),
        SectionMistake("flapping: never", "4:11: error: expected a mapping of keys and values, found a text"),
        SectionMistake(
            "connectivity: {references: [tcp://192.0.2.1]}",
            "4:29: error: \"tcp://192.0.2.1\" is no reference\n  hint: write tcp://HOST:PORT, or dns://SERVER/NAME"
        ),
        SectionMistake(
            "connectivity: {references: [tcp://a:1, tcp://b:1]}",
            "4:28: error: 2 references cannot tell who is offline\n  hint: name at least 3, or none to never ask"
        ),
        SectionMistake("connectivity: {timeout: 1h}", "4:25: error: 1h is not from 100ms to 10s"),
        SectionMistake(
            "heartbeats: [{name: h, url: hc-ping.com/x}]",
            "4:29: error: this is not an http or https URL\n  hint: write it in full: https://hc-ping.com/…"
        ),
        SectionMistake(
            "heartbeats: [{name: h, url: \"http://a\", type: healthcheck}]",
            "4:47: error: \"healthcheck\" is not one of plain, healthchecks\n  hint: did you mean \"healthchecks\"?"
        ),
        SectionMistake(
            "heartbeats: [{name: h, url: \"http://a\", fail_affter: 5m}]",
            "4:41: error: unknown key \"fail_affter\"\n  hint: did you mean \"fail_after\"?"
        ),
        SectionMistake(
            "self_alerts: {lookout-no-dta: off}",
            "4:15: error: unknown key \"lookout-no-dta\"\n  hint: did you mean \"lookout-no-data\"?"
        ),
        SectionMistake(
            "self_alerts: {lookout-no-data: 4}",
            "4:32: error: severity 4 does not exist\n  hint: 1 is the worst, 3 the mildest"
        ),
        SectionMistake(
            "self_alerts: {lookout-no-data: \"2\"}",
            "4:32: error: expected a whole number, found the string \"2\"\n  hint: leave the quotes out"
        ),
        SectionMistake(
            "receivers: [{name: r, screen: {}, send_resolved: nein}]",
            "4:50: error: expected true or false, found \"nein\""
        ),
        SectionMistake(
            "receivers: [{name: r, screen: {}, time_zone: Mars/Base}]",
            "4:46: error: there is no time zone \"Mars/Base\"\n  hint: IANA names such as Europe/Berlin, where the system has tzdata"
        ),
        SectionMistake(
            "receivers: [{name: R, screen: {}}]",
            "4:20: error: \"R\" cannot be a name\n  hint: a-z, 0-9, \"-\", \"_\" and \".\", a letter or digit first, at most 100 of them"
        ),
        SectionMistake(
            "receivers: [{screen: {}}]",
            "4:13: error: \"name\" is missing\n  hint: The receiver's name, unique in this file: a-z, 0-9, \"-\", \"_\" and \".\"."
        ),
        SectionMistake(
            "receivers: [{name: r, screen: {}, send_resolve: true}]",
            "4:35: error: unknown key \"send_resolve\"\n  hint: did you mean \"send_resolved\"?"
        ),
    ]
}
