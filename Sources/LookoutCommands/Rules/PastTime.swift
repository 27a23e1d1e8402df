import ArgumentParser
import LookoutModel
import LookoutSettings

/// A time in the past as it is typed: `2026-11-22T12:00:00Z`, or how long ago it was: `2h`, `2h ago`, `now`.
struct PastTime: ExpressibleByArgument, Hashable {
    private enum Form: Hashable {
        case exact(Timestamp)
        case ago(Duration)
    }

    private let form: Form

    static let help = "2026-11-22T12:00:00Z, or how long ago, such as 14d or 2h30m"

    init?(argument: String) {
        if let time = Timestamp(rfc3339: argument) {
            form = .exact(time)
            return
        }
        let words = argument.split(separator: " ").map(String.init)
        if words == ["now"] {
            form = .ago(.zero)
            return
        }
        guard let first = words.first, words.dropFirst().elementsEqual(["ago"]) || words.count == 1,
            let length = Duration(durationText: first)
        else { return nil }
        form = .ago(length)
    }

    func time(before now: Timestamp) -> Timestamp {
        switch form {
        case .exact(let time): time
        case .ago(let length): now - length
        }
    }
}
