/// A call to the system failed, with the `errno` of that.
struct SystemFault: Error {
    let code: Int32

    init(_ code: Int32) {
        self.code = code
    }
}
