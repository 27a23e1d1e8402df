/// The encoders extension: base64 (RFC 4648 §4).
enum EncoderFunctions {
    static let all: [FunctionDeclaration] = [
        .plain(
            "base64.encode",
            [.bytes],
            .string,
            .unary { (value, evaluation) throws(EvaluationError) in
                guard case .bytes(let bytes) = value else { throw .noSuchOverload("base64.encode") }
                try evaluation.charge(bytes: 2 * bytes.count)
                return .string(Base64.encode(bytes))
            }
        ),
        .plain(
            "base64.decode",
            [.string],
            .bytes,
            .unary { (value, evaluation) throws(EvaluationError) in
                guard case .string(let text) = value else { throw .noSuchOverload("base64.decode") }
                try evaluation.charge(bytes: 2 * text.utf8.count)
                switch Base64.decode(text) {
                case .success(let bytes): return .bytes(bytes)
                case .failure(let fault): throw EvaluationError(.invalidArgument, fault.description)
                }
            }
        ),
    ]
}
