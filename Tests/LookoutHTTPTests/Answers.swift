import LookoutModel
import LookoutTestSupport

/// What scripted servers answer in these tests, whatever the request.
enum Answers {
    typealias Answering = @Sendable (LoopbackRequest) -> LoopbackAnswer

    static func empty(_ statusCode: Int = 200) -> Answering {
        { _ in LoopbackAnswer(statusCode) }
    }

    static func body(_ text: String) -> Answering {
        { _ in LoopbackAnswer(body: text) }
    }

    static func redirect(to location: String) -> Answering {
        { _ in LoopbackAnswer(302, headers: [HeaderField("Location", location)]) }
    }
}
