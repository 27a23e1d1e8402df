import LookoutHTTP
import LookoutModel

/// What came of loading one script or style.
struct PageAssetLoad: Sendable {
    let asset: PageReferences.Asset
    let result: Result<HTTPResponse, TransferError>
    /// Whether the browser would not even ask: `http` on an `https` page.
    var isMixedContent = false

    /// Why a browser could not use it, in words; nil if it could.
    var fault: String? {
        if isMixedContent { return "browsers block http on an https page (mixed content)" }
        switch result {
        case .failure(let error): return error.message
        case .success(let response):
            guard (200...299).contains(response.statusCode) else { return "status \(response.statusCode)" }
            return isHTML(response) ? "HTML instead of a \(asset.kind.rawValue)" : nil
        }
    }

    var body: [UInt8] {
        if case .success(let response) = result { response.body } else { [] }
    }

    /// For the fact `asset_list`.
    var summary: JSONValue {
        var members: [String: JSONValue] = [
            "url": .string(asset.url.description),
            "kind": .string(asset.kind.rawValue),
            "fault": .string(fault ?? ""),
        ]
        if case .success(let response) = result {
            members["status"] = .int(Int64(response.statusCode))
            members["bytes"] = .int(Int64(response.body.count))
            members["seconds"] = .double(response.timings.total.inSeconds)
        }
        return .object(members)
    }

    /// Single-page applications answer unknown paths with their HTML and status 200.
    private func isHTML(_ response: HTTPResponse) -> Bool {
        let type = response.headers.first(named: "Content-Type") ?? ""
        let essence = HTTPToken.trimmed(type.prefix { $0 != ";" })
        if essence.lowercased() == "text/html" { return true }
        let start = response.body.prefix(512).drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
        let text = String(decoding: start.prefix(15), as: UTF8.self).lowercased()
        return text.hasPrefix("<!doctype html") || text.hasPrefix("<html")
    }
}
