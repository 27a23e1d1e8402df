extension WakeSignal {
    /// Returns when the generation is greater than `seen`, at the deadline, or when the task is cancelled.
    package func wait(beyond seen: UInt64, until deadline: Duration, _ timekeeper: any Timekeeper) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await timekeeper.sleep(until: deadline) }
            group.addTask { await self.wait(beyond: seen) }
            await group.next()
            group.cancelAll()
        }
    }
}
