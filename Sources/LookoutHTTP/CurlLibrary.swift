import CCurl

/// The libcurl that this process has loaded.
struct CurlLibrary: Equatable {
    /// As in `CURL_VERSION_BITS`: 0x07_58_01 is 7.88.1.
    var version: UInt32
    /// The name and version of the TLS library, such as `OpenSSL/3.0.19`.
    var tlsLibrary: String
    /// Whether names are looked up beside the transfers, on threads or by c-ares.
    var resolvesInBackground: Bool
    /// The PEM file of all authorities that it was built to trust, if it is one file.
    var authorityFile: String?

    /// The first version with `CURLOPT_QUICK_EXIT` and with one store of authorities for all transfers.
    static let oldestVersion: UInt32 = 0x07_57_00

    /// Sets libcurl up, once in the life of the process, and tells what it is.
    static let loaded: CurlLibrary? = {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK,
            let information = lookout_version()?.pointee
        else { return nil }
        return CurlLibrary(
            version: information.version_num,
            tlsLibrary: information.ssl_version.map { String(cString: $0) } ?? "none",
            resolvesInBackground: information.features & CURL_VERSION_ASYNCHDNS != 0,
            authorityFile: information.cainfo.map { String(cString: $0) }
        )
    }()

    /// Throws if the engine could not keep its promises on this library.
    ///
    /// Another TLS library would parse all authorities anew for each handshake (14 ms and 200 MB
    /// with GnuTLS at 1000 in flight) and reports no certificates in the form that we read.
    func check() throws(HTTPSetupError) {
        guard version >= Self.oldestVersion else {
            throw HTTPSetupError(
                .libraryTooOld,
                "libcurl \(Self.text(version)) is too old: \(Self.text(Self.oldestVersion)) or newer is needed "
                    + "(Debian 12: package libcurl4)"
            )
        }
        guard tlsLibrary.hasPrefix("OpenSSL/") else {
            throw HTTPSetupError(
                .otherTLSLibrary,
                "libcurl uses \(tlsLibrary) for TLS, but OpenSSL is needed: install the Debian package libcurl4 "
                    + "(to build: libcurl4-openssl-dev)"
            )
        }
        guard resolvesInBackground else {
            throw HTTPSetupError(
                .blockingResolver,
                "libcurl was built without asynchronous name resolution: install the Debian package libcurl4"
            )
        }
    }

    private static func text(_ version: UInt32) -> String {
        "\(version >> 16).\(version >> 8 & 0xff).\(version & 0xff)"
    }
}
