import LookoutTestSupport
import Testing

@testable import LookoutProbing

@Suite struct `A queue` {
    /// Against a plain array, on random scripts.
    @Test func `gives its elements in the order they came`() async {
        await checkAll { generator in
            var queue = Queue<Int>()
            var model: [Int] = []
            for number in 0..<500 {
                switch Int.random(in: 0..<20, using: &generator) {
                case 0..<10:
                    queue.append(number)
                    model.append(number)
                case 19:
                    queue.replaceEach { $0 % 3 == 0 ? nil : $0 + 1 }
                    model = model.compactMap { $0 % 3 == 0 ? nil : $0 + 1 }
                default:
                    try #require(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
                }
                try #require(queue.count == model.count)
            }
        }
    }
}
