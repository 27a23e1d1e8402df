import LookoutHTTP
import LookoutTestSupport
import Testing

struct Base64Tests {
    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `texts are those of RFC 4648`(text: String, encoded: String) {
        #expect(Base64.encoded(Array(text.utf8)) == encoded)
        #expect(Base64.decoded(encoded) == Array(text.utf8))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Zh==", "Z===", "====", "Zm9v====", "Zm 9", "Zm9v\n", "Zm-_", "Zg==Zg==",
    ])
    func `what is not exactly that is none`(text: String) {
        #expect(Base64.decoded(text) == nil)
    }

    @Test func `any bytes come back`() async {
        await checkAll(cases: 200) { generator in
            let bytes = (0..<Int.random(in: 0...70, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            try #require(Base64.decoded(Base64.encoded(bytes)) == bytes)
        }
    }
}
