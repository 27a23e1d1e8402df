import LookoutProbing
import Testing

@Suite struct `References` {
    @Test(arguments: [
        "tcp://1.1.1.1:443", "tcp://gateway.example:80", "tcp://[2606:4700::1111]:443",
        "dns://192.168.0.1/example.org", "dns://[::1]/example.org", "dns://9.9.9.9:5353/a.b.example",
    ])
    func `are written as they are read`(text: String) {
        #expect(ConnectivityReference(text)?.description == text)
    }

    @Test(arguments: [
        "", "tcp://", "tcp://1.1.1.1", "tcp://1.1.1.1:0", "tcp://1.1.1.1:70000", "tcp://1.1.1.1:+80",
        "tcp://:443", "tcp://a b:443", "tcp://[1.1.1.1]:443", "tcp://[::1:443", "tcp://a:443/", "udp://a:1",
        "dns://1.1.1.1", "dns://1.1.1.1/", "dns:///example.org", "dns://1.1.1.1/a b", "dns://1.1.1.1/-a",
        "http://example.org", "1.1.1.1:443", "tcp://user@host:1",
    ])
    func `of other forms are none`(text: String) {
        #expect(ConnectivityReference(text) == nil)
    }
}
