import LookoutAlerting
import LookoutModel
import LookoutSettings
import Testing

@testable import LookoutReceivers

/// Settings of `email` and `alertmanager` as files have them.
struct EmailSettingsTests {
    private static let email = ReceiverFixture(
        type: EmailReceiver.self,
        settings: [
            "host": "smtp.example.org", "from": "Lookout <lookout@example.org>", "to": ["ops@example.org"],
        ]
    )

    private static let alertmanager = ReceiverFixture(
        type: AlertmanagerReceiver.self,
        settings: ["urls": ["http://am1:9093", "https://am2.example.org/prefix/"]]
    )

    @Test(
        arguments: [
            [:], ["username": "u", "password": "p"], ["username": "u", "token": "t", "tls": "implicit"],
            ["tls": "never"], ["tls": "opportunistic", "port": 25],
            ["host": "localhost", "tls": "never", "username": "u", "password": "p"], ["host": "2001:db8::1"],
            [
                "to": ["a@example.org", "B <b@example.org>"], "subject_prefix": "[ops]",
                "hello": "lookout.example.org",
            ],
        ] as [JSONValue]
    )
    func `sound settings make a receiver`(changes: JSONValue) throws {
        #expect(Self.email.faults(changes) == [])
        #expect(try Self.email.receiver(changes).typeName == "email")
    }

    @Test(
        arguments: [
            (["host": "smtp.example.org/x"], "is not the name of a host"),
            (["host": "smtp://smtp.example.org"], "is not the name of a host"),
            (["port": 0], "is not from 1 to 65535"),
            (["tls": "starttls"], "is not one of required, implicit, opportunistic, never"),
            (["to": []], "there is no recipient"), (["to": ["ops"]], "is not an e-mail address"),
            (["to": ["a@b.org", "A <a@b.org>"]], "a@b.org is given twice"),
            (["from": "Lookout"], "is not an e-mail address"),
            (["username": "u"], "\"password\" (or \"token\") is missing"),
            (["password": "p4ss"], "\"username\" is missing"),
            (["username": "u", "password": "p4ss", "token": "t"], "either a password or a token"),
            (["username": "u", "password": "p4ss", "tls": "never"], "could be read by anybody"),
            (["username": "u", "password": "p4ss", "tls": "opportunistic"], "could be read by anybody"),
            (["hello": "a b"], "is not the name of a host"),
            (["passwort": "p4ss"], "unknown key \"passwort\""),
        ] as [(JSONValue, String)]
    )
    func `unsound settings are refused with a reason that shows no secret`(changes: JSONValue, reason: String)
    {
        let faults = Self.email.faults(changes)
        #expect(faults.contains { $0.contains(reason) })
        #expect(!faults.contains { $0.contains("p4ss") })
    }

    @Test(
        arguments: [
            (["urls": []], "there is no Alertmanager"),
            (["urls": ["am1:9093"]], "not an http or https URL"),
            (["urls": ["http://u:p4ss@am1:9093"]], "credentials have no place in an address"),
            (["urls": ["http://am1:9093/api/v2/alerts"]], "leave out the path of the API"),
            (["urls": ["http://am1:9093", "http://am1:9093/"]], "an address is given twice"),
            (["username": "u"], "\"password\" is missing"), (["password": "p4ss"], "\"username\" is missing"),
            (["bearer": "b", "username": "u", "password": "p4ss"], "either \"bearer\" or \"username\""),
        ] as [(JSONValue, String)]
    )
    func `unsound Alertmanagers are refused`(changes: JSONValue, reason: String) {
        let faults = Self.alertmanager.faults(changes)
        #expect(faults.contains { $0.contains(reason) })
        #expect(!faults.contains { $0.contains("p4ss") })
    }

    @Test func `what is needed is asked for`() {
        let email = ReceiverFixture(type: EmailReceiver.self, settings: [:]).faults([:])
        for key in ["host", "from", "to"] { #expect(email.contains { $0.contains("\"\(key)\" is missing") }) }
        let alertmanager = ReceiverFixture(type: AlertmanagerReceiver.self, settings: [:]).faults([:])
        #expect(alertmanager.contains { $0.contains("\"urls\" is missing") })
    }

    @Test func `sound Alertmanagers make a keyed receiver`() throws {
        let receiver = try Self.alertmanager.receiver()
        #expect(receiver.typeName == "alertmanager")
        #expect(receiver.traits.isKeyed)
    }
}
