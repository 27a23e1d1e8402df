import Foundation
import LookoutConfiguration
import LookoutTestSupport
import Testing

@Suite struct `Hostile configuration files` {
    let fixture: LoaderFixture

    init() throws {
        fixture = try LoaderFixture()
    }

    @Test func `a file that is not there says so`() {
        let (configuration, messages) = fixture.load("\(fixture.directory.path)/none.yaml")
        #expect(configuration == nil)
        #expect(messages == ["error: none.yaml cannot be read: no such file or directory"])
    }

    @Test func `a directory is no file`() throws {
        try fixture.directory.place("dir/x", "")
        #expect(
            fixture.load("\(fixture.directory.path)/dir").messages
                == ["error: dir cannot be read: it is a directory"]
        )
    }

    @Test func `a file that may not be read says so`() throws {
        let path = try fixture.directory.place("lookout.yaml", "a: 1")
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: path)
        // The superuser may read everything.
        guard getuid() != 0 else {
            print("skipped: running as root")
            return
        }
        #expect(
            fixture.load(path).messages == ["error: lookout.yaml cannot be read: permission denied"]
        )
    }

    @Test func `a link that leads to itself is an error`() throws {
        let path = "\(fixture.directory.path)/loop.yaml"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
        #expect(
            fixture.load(path).messages == [
                "error: loop.yaml cannot be read: too many levels of symbolic links"
            ]
        )
    }

    @Test func `a device without end and a pipe without writer are refused at once`() throws {
        #expect(
            fixture.load("/dev/zero").messages == [
                "error: /dev/zero cannot be read: it is not a regular file"
            ]
        )
        let pipe = "\(fixture.directory.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(fixture.load(pipe).messages == ["error: pipe cannot be read: it is not a regular file"])
    }

    @Test func `ten megabytes are too much`() throws {
        let (configuration, messages) = try fixture.load(
            bytes: [UInt8](repeating: UInt8(ascii: "#"), count: 10_000_000)
        )
        #expect(configuration == nil)
        #expect(messages == ["error: lookout.yaml cannot be read: it is larger than 1024 KiB"])
    }

    @Test func `binary junk is an error and no crash`() async {
        await checkAll(cases: 50) { generator in
            let bytes = (0..<2000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let (configuration, messages) = try fixture.load(bytes: bytes)
            try #require(configuration == nil)
            try #require(messages.first?.contains("lookout.yaml:") == true)
        }
    }

    @Test(
        arguments: [
            "", "# only a remark\n", "---\n", "[]", "just words", "a: 1\n---\nb: 2", "!!set {a}",
            "environments: &e {a: *e}\nprobes: []", "environments: {e: {}}\nprobes: [[[[[[[[]]]]]]]]",
        ]
    )
    func `a file without sense is an error with its place`(text: String) throws {
        let (configuration, messages) = try fixture.load(text: text)
        #expect(configuration == nil)
        #expect(!messages.isEmpty)
        for message in messages { #expect(message.hasPrefix("lookout.yaml:")) }
    }

    @Test func `thousands of wrong keys are all reported`() throws {
        let keys = (0..<3000).map { "key\($0): x" }.joined(separator: "\n")
        let (configuration, messages) = try fixture.load(text: keys)
        #expect(configuration == nil)
        #expect(messages.count == 3002)
    }

    @Test func `any damage to a sound file is an error or a configuration`() async {
        let sound = Array(`Loading a configuration`.complete.utf8)
        await checkAll(cases: 200) { generator in
            var bytes = sound
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
                }
            }
            let (configuration, messages) = try fixture.load(bytes: bytes)
            try #require((configuration == nil) == messages.contains { $0.contains("error: ") })
        }
    }
}
