import LookoutConfiguration
import Testing

@Suite struct `Addresses to listen at` {
    @Test(
        arguments: [
            ("127.0.0.1:9820", "127.0.0.1", 9820), ("0.0.0.0:80", "0.0.0.0", 80),
            ("localhost:0", "localhost", 0),
            ("[::1]:9820", "::1", 9820), ("[::]:65535", "::", 65_535), ("a-b.example:1", "a-b.example", 1),
            ("[::ffff:10.0.0.1]:1", "::ffff:10.0.0.1", 1),
        ]
    )
    func `a host and a port are read and written`(text: String, host: String, port: Int) {
        let address = ListenAddress(text)
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address?.description == text)
    }

    @Test(
        arguments: [
            "", ":", "9820", ":9820", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
            "127.0.0.1:+1",
            "127.0.0.1:9x", "256.0.0.1:1", "1.2.3:1", "1.2.3.4.5:1", "::1:9820", "[]:1", "[abc]:1", "[::1:1",
            "a b:1", "-a:1", "a-:1", "a..b:1", "http://a:1", "é:1", "127.0.0.1:١", "a_b:1",
        ]
    )
    func `anything else is refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
