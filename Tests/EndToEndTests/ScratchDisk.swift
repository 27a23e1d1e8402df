import Foundation
import LookoutSimulation
import LookoutTestSupport

/// A file system of its own at a folder, which can fill up or break: real, and not Lookout's to know of.
final class ScratchDisk: Sendable {
    /// How it is made.
    enum Kind: String {
        /// In memory: it can be full.
        case memory
        /// In a file, with a journal: it can be made read-only under those who write to it, as the kernel does
        /// when a disk fails.
        case journal
    }

    private let folder: String
    private let image: String

    /// Nil where it cannot be made: it needs root, and for a journal loop devices.
    init?(_ kind: Kind, at folder: String, megabytes: Int) throws {
        self.folder = folder
        image = folder + ".image"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let isMounted =
            switch kind {
            case .memory: Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder)
            case .journal:
                FileManager.default.createFile(
                    atPath: image,
                    contents: Data(count: megabytes << 20)
                ) && Self.run("mkfs.ext4", "-q", "-F", image)
                    && Self.run("mount", "-o", "loop", image, folder)
            }
        guard isMounted else {
            print("skipped: no \(kind.rawValue) file system can be mounted here")
            return nil
        }
    }

    deinit {
        unmount()
        try? FileManager.default.removeItem(atPath: image)
    }

    /// Takes what room there is.
    func fill() throws {
        let path = folder + "/ballast"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? handle.close() }
        for size in [1 << 16, 1 << 12, 1] {
            let bytes = Data(count: size)
            while (try? handle.write(contentsOf: bytes)) != nil {}
        }
    }

    /// Gives the room back.
    func empty() throws {
        try FileManager.default.removeItem(atPath: folder + "/ballast")
    }

    /// Lets it break: whoever writes to it is told from now on that it is read-only.
    func breakDown() -> Bool {
        Self.run("mount", "-o", "remount,abort", folder)
    }

    /// Mends it and mounts it again, once nobody uses it.
    func repair() -> Bool {
        unmount()
        // 1 says that something was mended.
        return Self.run("e2fsck", "-p", image, succeedsWith: [0, 1])
            && Self.run("mount", "-o", "loop", image, folder)
    }

    private func unmount() {
        _ = Self.run("umount", "-l", folder)
    }

    private static func run(
        _ program: String,
        _ arguments: String...,
        succeedsWith codes: Set<Int32> = [0]
    ) -> Bool {
        let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]
        let paths = folders.map { "\($0)/\(program)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else { return false }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return codes.contains(process.terminationStatus)
    }
}
