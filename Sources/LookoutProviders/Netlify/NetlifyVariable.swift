import LookoutDeployments
import LookoutModel

/// An environment variable of Netlify, which may have a value for each context.
struct NetlifyVariable {
    let variable: ProviderVariable

    /// Nil if it has no value in production.
    ///
    /// The value for production goes before the one for all contexts. A secret one cannot be read back.
    init?(_ object: AnswerObject) throws(ProviderFailure) {
        let key = try object.required(try object.text("key"), "key")
        let isSecret = try object.flag("is_secret") ?? false
        var values: [String: String?] = [:]
        for value in try object.objects("values") {
            guard let context = try value.text("context") else { continue }
            values[context] = try value.text("value")
        }
        guard let value = values["production"] ?? values["all"] else { return nil }
        variable = ProviderVariable(key, value: isSecret ? nil : value.map { Secret($0) })
    }
}
