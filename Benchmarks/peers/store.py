"""What SQLiteSampleStore does, with Python's sqlite3: for lookout-benchmark, which starts it.

    store.py DATABASE append FIRST END BATCH   inserts samples, a transaction a batch
    store.py DATABASE newest COUNT             reads the newest samples of each check
    store.py DATABASE range CHECK FROM TO      reads one check's samples in a range of microseconds

It prints the number of rows, and the seconds on the wall and of CPU that they took.
"""

import sqlite3
import sys
import time

CHECKS = 1000
FIRST_START = 1_790_000_000
COLUMNS = (
    "started_at, outcome, failure, message, dns, connect, tls, first_byte, transfer, total,"
    " attempts, status, version"
)


def sample(number, ids):
    """The row of a sample, as SamplePattern.swift makes it."""
    tick, check = divmod(number, CHECKS)
    jitter = number * 2_654_435_761 % 1000
    started_at = (FIRST_START + tick * 10) * 1_000_000 + check * 10_000
    return (
        ids[check], started_at, 0, None, None,
        400 + jitter, 9000 + jitter, 21_000 + jitter, 64_000 + jitter, 700 + jitter,
        95_100 + 5 * jitter, 1, 200, "2.0.4",
    )  # fmt: skip


def append(database, ids, first, end, batch):
    batches = [
        [sample(number, ids) for number in range(start, start + batch)]
        for start in range(first, end, batch)
    ]
    insertion = (
        f"INSERT INTO samples (check_id, {COLUMNS}) VALUES ({', '.join('?' * 14)})"
        " ON CONFLICT (check_id, started_at) DO NOTHING"
    )

    def work():
        for rows in batches:
            rows.sort()
            with database:
                database.executemany(insertion, rows)
        return end - first

    return work


def newest(database, ids, count):
    query = (
        f"SELECT {COLUMNS} FROM samples WHERE check_id = ? ORDER BY started_at DESC LIMIT ?"
    )

    def work():
        samples = {
            check: database.execute(query, (identifier, count)).fetchall()[::-1]
            for check, identifier in ids.items()
        }
        return sum(map(len, samples.values()))

    return work


def samples(database, ids, check, start, end):
    query = (
        f"SELECT {COLUMNS} FROM samples"
        " WHERE check_id = ? AND started_at >= ? AND started_at < ? ORDER BY started_at"
    )
    return lambda: len(database.execute(query, (ids[check], start, end)).fetchall())


def main():
    path, command, *arguments = sys.argv[1:]
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA secure_delete = OFF")
    database.execute("PRAGMA cache_size = -8192")
    checks = database.execute("SELECT probe, id FROM checks").fetchall()
    ids = {int(probe.removeprefix("check-")): number for probe, number in checks}
    prepare = {"append": append, "newest": newest, "range": samples}[command]
    work = prepare(database, ids, *map(int, arguments))
    if command != "append":
        work()
    start, cpu_start = time.perf_counter(), time.process_time()
    rows = work()
    print(rows, time.perf_counter() - start, time.process_time() - cpu_start)


if __name__ == "__main__":
    main()
