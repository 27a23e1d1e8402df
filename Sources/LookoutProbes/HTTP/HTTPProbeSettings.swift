import LookoutHTTP
import LookoutModel
package import LookoutSettings

/// The settings of an `http` probe.
package struct HTTPProbeSettings: ConnectionSettings, Hashable {
    var url = TargetURL.unset
    var method = "GET"
    var headers = RequestHeaders()
    var body: String?
    var basicAuthentication: BasicAuthenticationSettings?
    var bearerToken: Secret?
    var followsRedirects = false
    var maximumRedirects = 10
    var bodyLimit = ByteCount.mebibytes(1)
    var versionSource = VersionSource.json(.version)
    var expectations = HTTPExpectations()
    var tls = TLSSettings()
    var resolve: [ResolveEntry] = []

    package init() {}

    package static var fields: [Field<HTTPProbeSettings>] {
        [
            Field("url", \.url, "What to ask: an http or https URL.", required: true),
            Field("method", \.method, "The request's method (default GET)."),
            Field("headers", \.headers, "Request headers; a value may be a secret such as {env: NAME}."),
            Field("body", \.body, "The request's body."),
            Field("basic_auth", \.basicAuthentication, "User and password for basic authentication."),
            Field("bearer", \.bearerToken, "A token for bearer authentication, such as {credential: NAME}."),
            Field("follow_redirects", \.followsRedirects, "Whether redirects are followed (default false)."),
            Field(
                "max_redirects",
                \.maximumRedirects,
                "How many redirects are followed at most (default 10)."
            ),
            Field("body_limit", \.bodyLimit, "A longer body is a failure of class size (default 1MiB)."),
            Field(
                "version_from",
                \.versionSource,
                "Where the answer states its version: a JSON path (default version) or {header: NAME}."
            ),
            Field("expect", \.expectations, "What the answer must look like."),
        ] + connectionFields
    }

    package func validate(_ node: SettingsNode, _ context: inout SettingsContext) {
        if !HTTPToken.isToken(method) {
            context.error("\"\(method)\" is not an HTTP method", at: node["method"] ?? node)
        }
        if basicAuthentication != nil, bearerToken != nil {
            context.error("basic_auth and bearer exclude each other", at: node)
        }
        if !(0...50).contains(maximumRedirects) {
            context.error("max_redirects must be between 0 and 50", at: node["max_redirects"] ?? node)
        }
    }

    func request(timeout: Duration) -> HTTPRequest {
        HTTPRequest(
            url: url.text,
            method: method,
            headers: headers.fields,
            body: body.map { Array($0.utf8) },
            maximumRedirects: followsRedirects ? maximumRedirects : 0,
            timeout: timeout,
            maximumBodyBytes: bodyLimit.bytes,
            tls: tls.options,
            resolve: resolveLines,
            basicAuthentication: basicAuthentication?.authentication,
            bearerToken: bearerToken
        )
    }
}

/// The `basic_auth` part of a probe's settings.
package struct BasicAuthenticationSettings: Settings, Hashable {
    var user = ""
    var password = Secret("")

    package init() {}

    package static var fields: [Field<BasicAuthenticationSettings>] {
        [
            Field("user", \.user, "The user's name.", required: true),
            Field("password", \.password, "The password, such as {env: NAME}.", required: true),
        ]
    }

    var authentication: BasicAuthentication {
        BasicAuthentication(user: user, password: password)
    }
}
