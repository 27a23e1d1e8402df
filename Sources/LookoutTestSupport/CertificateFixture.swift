import Synchronization

/// A certificate authority of our own and server certificates with all the usual defects, made by
/// the `openssl` program in a temporary folder.
package struct CertificateFixture: Sendable {
    /// What is right or wrong with a certificate, as seen by a client that trusts `authorityFile`
    /// and asks for `localhost` or `127.0.0.1`.
    package enum Kind: String, CaseIterable, Sendable {
        case good
        /// Valid, but for less than two days.
        case expiringSoon
        case expired
        case notYetValid
        case wrongHost
        case selfSigned
        /// Signed by an authority that nobody trusts.
        case unknownAuthority
    }

    /// The PEM file of the authority.
    package let authorityFile: String
    private let folder: ScratchFolder

    /// The fixture of this process; nil where there is no `openssl`.
    package static let shared: CertificateFixture? = {
        guard let openssl = TestProgram(named: "openssl") else {
            print("skipped: tests of certificates need the program openssl")
            return nil
        }
        return try? CertificateFixture(openssl)
    }()

    package func certificateFile(_ kind: Kind) -> String {
        folder.file("\(kind.rawValue).pem")
    }

    package func keyFile(_ kind: Kind) -> String {
        folder.file("\(kind.rawValue).key")
    }

    private init(_ openssl: TestProgram) throws {
        let folder = try ScratchFolder("lookout-certificates")
        self.folder = folder
        authorityFile = folder.file("authority.pem")
        let workshop = Workshop(openssl, folder)
        try workshop.makeAuthority("authority")
        try workshop.makeAuthority("stranger")
        for kind in Kind.allCases {
            try workshop.make(kind)
        }
    }
}

/// The calls of `openssl` behind the fixture.
private struct Workshop {
    private let openssl: TestProgram
    private let folder: ScratchFolder

    init(_ openssl: TestProgram, _ folder: ScratchFolder) {
        self.openssl = openssl
        self.folder = folder
    }

    func makeAuthority(_ name: String) throws {
        try run(
            ["req", "-x509", "-days", "3650", "-subj", "/O=Lookout tests/CN=\(name)"] + key(name)
                + ["-out", folder.file("\(name).pem")]
        )
        try folder.write("", to: "\(name).index")
        try folder.write("unique_subject = no\n", to: "\(name).index.attr")
        try folder.write(configuration(of: name), to: "\(name).cnf")
    }

    func make(_ kind: CertificateFixture.Kind) throws {
        let name = kind.rawValue
        let names = kind == .wrongHost ? "DNS:elsewhere.example" : "DNS:localhost,IP:127.0.0.1"
        let subject = ["-subj", "/O=Lookout tests/CN=\(name)", "-addext", "subjectAltName=\(names)"]
        if kind == .selfSigned {
            return try run(
                ["req", "-x509", "-days", "365"] + subject + key(name) + ["-out", folder.file("\(name).pem")]
            )
        }
        try run(["req", "-new"] + subject + key(name) + ["-out", folder.file("\(name).csr")])
        let authority = kind == .unknownAuthority ? "stranger" : "authority"
        try run(
            ["ca", "-batch", "-notext", "-config", folder.file("\(authority).cnf")] + validity(of: kind)
                + ["-in", folder.file("\(name).csr"), "-out", folder.file("\(name).pem")]
        )
    }

    private func validity(of kind: CertificateFixture.Kind) -> [String] {
        switch kind {
        case .expired: ["-startdate", "20200101000000Z", "-enddate", "20210203040506Z"]
        case .notYetValid: ["-startdate", "20900101000000Z", "-enddate", "20910101000000Z"]
        case .expiringSoon: ["-days", "1"]
        default: ["-days", "365"]
        }
    }

    private func key(_ name: String) -> [String] {
        [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            folder.file("\(name).key"),
        ]
    }

    private func configuration(of authority: String) -> String {
        """
        [ca]
        default_ca = tests
        [tests]
        certificate = \(folder.file("\(authority).pem"))
        private_key = \(folder.file("\(authority).key"))
        database = \(folder.file("\(authority).index"))
        new_certs_dir = \(folder.path)
        rand_serial = yes
        default_md = sha256
        policy = anything
        copy_extensions = copy
        [anything]
        organizationName = optional
        commonName = supplied

        """
    }

    private func run(_ arguments: [String]) throws {
        try openssl.run(arguments, log: folder.file("openssl.log"))
    }
}
