import CCurl
import Glibc
import LookoutModel

/// One easy handle of libcurl with all memory that it refers to; used for one transfer only, so
/// that no option can be left over from another one.
///
/// Belongs to the loop's thread. It must have been removed from its multi handle before the last
/// reference goes.
final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    /// The error of `socket(2)`, if it ever failed for this handle.
    private(set) var socketError: Int32 = 0
    /// Whether sockets to addresses beyond the public internet are refused.
    var forbidsPrivateAddresses = false
    /// Whether one was.
    private(set) var hasRefusedAddress = false
    /// When the last TLS handshake began: libcurl counts TCP and TLS as one until both are done.
    private(set) var handshakeBegan: MonotonicTime?

    private let errorText: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var share: UnsafeMutableRawPointer?

    init() throws(TransferError) {
        guard let raw = curl_easy_init() else {
            throw TransferError(.local, "libcurl could not make a handle: out of memory")
        }
        self.raw = raw
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try check(lookout_set_pointer(raw, CURLOPT_ERRORBUFFER, errorText))
        let own = Unmanaged.passUnretained(self).toOpaque()
        try check(lookout_set_pointer(raw, CURLOPT_OPENSOCKETDATA, own))
        try check(lookout_set_socket_opener(raw, Self.openSocket))
        try check(lookout_set_pointer(raw, CURLOPT_SSL_CTX_DATA, own))
        try check(lookout_set_tls_callback(raw, Self.noteHandshake))
    }

    deinit {
        curl_easy_cleanup(raw)
        if let share { curl_share_cleanup(share) }
        for list in lists { curl_slist_free_all(list) }
        errorText.deallocate()
    }

    /// libcurl's sentence on what went wrong last; empty if nothing did.
    var errorMessage: String {
        String(cString: errorText)
    }
}

// MARK: - Options

extension EasyHandle {
    func set(_ option: CURLoption, _ isOn: Bool) throws(TransferError) {
        try check(lookout_set_long(raw, option, isOn ? 1 : 0))
    }

    func set(_ option: CURLoption, _ number: Int) throws(TransferError) {
        try check(lookout_set_long(raw, option, number))
    }

    /// Sets a text, which libcurl copies; nil takes back a built-in value.
    func set(_ option: CURLoption, _ text: String?) throws(TransferError) {
        try check(lookout_set_string(raw, option, text))
    }

    /// Sets a list of lines, which lives as long as the handle.
    func set(_ option: CURLoption, _ lines: [String]) throws(TransferError) {
        guard !lines.isEmpty else { return }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw TransferError(.local, "out of memory")
            }
            list = longer
        }
        if let list { lists.append(list) }
        try check(lookout_set_list(raw, option, list))
    }

    /// Sets the body of the request, which libcurl copies.
    func setBody(_ bytes: [UInt8]) throws(TransferError) {
        try check(lookout_set_size(raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        let code = bytes.withUnsafeBytes { buffer in
            lookout_set_pointer(
                raw,
                CURLOPT_COPYPOSTFIELDS,
                UnsafeMutableRawPointer(mutating: buffer.baseAddress)
            )
        }
        try check(code)
    }

    /// Sends what arrives to `callback`, with `context` as its last argument.
    func set(
        _ option: CURLoption,
        _ callback: curl_write_callback,
        dataOption: CURLoption,
        context: UnsafeMutableRawPointer
    ) throws(TransferError) {
        try check(lookout_set_data_callback(raw, option, callback))
        try check(lookout_set_pointer(raw, dataOption, context))
    }

    /// Pins names to addresses for this handle alone: without a share of its own the entries
    /// would stay in the multi handle's cache and be used by every other transfer.
    func pin(_ entries: [String]) throws(TransferError) {
        guard !entries.isEmpty else { return }
        guard let share = curl_share_init(), lookout_share_names(share) == CURLSHE_OK else {
            throw TransferError(.local, "out of memory")
        }
        self.share = share
        try check(lookout_set_pointer(raw, CURLOPT_SHARE, share))
        try set(CURLOPT_RESOLVE, entries)
    }

    private func check(_ code: CURLcode) throws(TransferError) {
        guard code == CURLE_OK else {
            throw TransferError(
                .local,
                "libcurl does not accept a setting: \(String(cString: curl_easy_strerror(code)))"
            )
        }
    }
}

// MARK: - Facts

extension EasyHandle {
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        lookout_get_long(raw, info, &value)
        return value
    }

    /// A time that libcurl counts in microseconds.
    func duration(_ info: CURLINFO) -> Duration {
        var value: curl_off_t = 0
        lookout_get_size(raw, info, &value)
        return .microseconds(Int64(value))
    }

    func text(_ info: CURLINFO) -> String {
        var value: UnsafePointer<CChar>?
        lookout_get_string(raw, info, &value)
        return value.map { String(cString: $0) } ?? ""
    }

    /// The socket of an open `CURLOPT_CONNECT_ONLY` connection; nil if there is none.
    var activeSocket: Int32? {
        var socket = CURL_SOCKET_BAD
        lookout_get_socket(raw, &socket)
        return socket == CURL_SOCKET_BAD ? nil : socket
    }

    /// The certificates of the last TLS handshake, leaf first; empty without one.
    var certificates: [Certificate] {
        var value: UnsafePointer<curl_certinfo>?
        lookout_get_certificates(raw, &value)
        guard let information = value?.pointee else { return [] }
        return (0..<Int(information.num_of_certs)).compactMap { index in
            Certificate(openSSLLines: Self.lines(information.certinfo[index]))
        }
    }

    private static func lines(_ list: UnsafeMutablePointer<curl_slist>?) -> [String] {
        var lines: [String] = []
        var node = list
        while let current = node {
            lines.append(String(cString: current.pointee.data))
            node = current.pointee.next
        }
        return lines
    }
}

// MARK: - Callbacks

extension EasyHandle {
    private static let noteHandshake: curl_ssl_ctx_callback = { _, _, context in
        guard let context else { return CURLE_ABORTED_BY_CALLBACK }
        Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().handshakeBegan = .now
        return CURLE_OK
    }

    /// Opens sockets as libcurl would, but closed on `exec`, and remembers why one was refused:
    /// libcurl reports that like a target that refuses the connection.
    private static let openSocket: curl_opensocket_callback = { context, _, address in
        guard let context, let address else { return CURL_SOCKET_BAD }
        let handle = Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue()
        if handle.forbidsPrivateAddresses, !isPublic(address) {
            handle.hasRefusedAddress = true
            return CURL_SOCKET_BAD
        }
        let descriptor = socket(
            address.pointee.family,
            address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
            address.pointee.protocol
        )
        if descriptor < 0 { handle.socketError = errno }
        return descriptor
    }

    /// libcurl's structure ends in an address that may be longer than its declared type.
    private static func isPublic(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return false }
        let raw = UnsafeRawPointer(address).advanced(by: offset)
        return PublicAddress.contains(raw.assumingMemoryBound(to: sockaddr.self))
    }
}
