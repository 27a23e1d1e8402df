import LookoutModel
import LookoutTestSupport
import Testing

@testable import LookoutDeployments

@Suite struct DeploymentEventDocumentTests {
    @Test func `every event comes back from its text as it was`() throws {
        for kind in EventExamples.kinds {
            let event = DeploymentEvent(at: EventExamples.time, kind)
            let text = event.document.jsonText
            let read = try DeploymentEvent(document: JSONValue(parsing: Array(text.utf8)))
            #expect(read == event, "\(text)")
        }
    }

    @Test func `every kind of event has an example`() {
        // A new kind without a word here would never be tested.
        let words = Set(EventExamples.kinds.map(\.word))
        #expect(words.count == 26)
    }

    @Test func `an event of a newer version is kept whole and written as it was`() throws {
        let text = #"{"at":7,"kind":"teleported","to":{"moon":[1,2.5,null]}}"#
        let document = try JSONValue(parsing: Array(text.utf8))
        let event = try DeploymentEvent(document: document)
        #expect(event.kind == .unknown(kind: "teleported", document: document))
        #expect(event.document.jsonText == text)
        let deployment = Deployment(EventExamples.id("x"), events: [event])
        #expect(deployment.unknown == [event])
        #expect(deployment.count == 1)
    }

    @Test func `a known event with a member of a newer version is shown as unknown`() throws {
        let text = #"{"at":7,"kind":"closed","result":{"kind":"vanished"}}"#
        let event = try DeploymentEvent(document: JSONValue(parsing: Array(text.utf8)))
        guard case .unknown("closed", _) = event.kind else {
            Issue.record("\(event)")
            return
        }
        #expect(!Deployment(EventExamples.id("x"), events: [event]).isClosed)
    }

    @Test(arguments: ["{}", "[]", #"{"kind":"began"}"#, #"{"at":"soon","kind":"began"}"#])
    func `what has no time or no kind is no event`(text: String) throws {
        let document = try JSONValue(parsing: Array(text.utf8))
        #expect(throws: DocumentError.self) { try DeploymentEvent(document: document) }
    }

    @Test func `an event with any member missing is never taken for something else`() throws {
        for kind in EventExamples.kinds {
            let event = DeploymentEvent(at: EventExamples.time, kind)
            guard case .object(let members) = event.document else { continue }
            for name in members.keys where name != "at" && name != "kind" {
                var fewer = members
                fewer[name] = nil
                let read = try DeploymentEvent(document: .object(fewer))
                if case .unknown = read.kind { continue }
                // What may be absent is nil in it.
                #expect(read.kind.word == kind.word)
                #expect(read.document == .object(fewer))
            }
        }
    }
}
