import CLinux
import Glibc

/// Starts the thread on which a `CurlLoop` lives.
///
/// A thread of its own and not the cooperative pool: no timing may depend on what tasks do.
enum LoopThread {
    /// Makes a loop and hands it over to a new thread, which runs it and lets go of it at its end.
    static func start(_ inbox: LoopInbox) throws(HTTPSetupError) {
        let code = spawn(try CurlLoop.retained(inbox))
        guard code == 0 else {
            throw HTTPSetupError(.resources, "cannot start the HTTP thread: \(SystemError.text(code))")
        }
    }

    /// Starts the thread that takes the loop over; gives an `errno` or 0.
    private static func spawn(_ loop: UnsafeMutableRawPointer) -> Int32 {
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, main, loop)
        if code == 0 {
            pthread_detach(thread)
        } else {
            Unmanaged<CurlLoop>.fromOpaque(loop).release()
        }
        return code
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { loop in
        guard let loop else { return nil }
        lookout_name_thread("lookout-http")
        blockSignals()
        Unmanaged<CurlLoop>.fromOpaque(loop).takeRetainedValue().run()
        return nil
    }

    /// Signals are for the main thread; a SIGPIPE of ours stays pending here and harms nobody.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, nil)
    }
}
