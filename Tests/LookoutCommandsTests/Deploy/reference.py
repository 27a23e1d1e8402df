"""Prints ln E of the three tests after each run, as the scripts of the research compute it.

    python3 reference.py <folder of the research's scripts> <baseline> <window> <margin>

The files are those of `lookout deploy analyze`, of one check. The formulas of T1 and T2 are the research's
own `evals`, `rho1` and `tabfor`, run and not copied; ranks with ties are counted here, as `seqtheta` has
none. T3 is printed as the research has it, which supposes independent latencies and has no margin, but for
the margin. A line a run: ln E of T1, T2 and T3. Needs numpy and scipy.
"""

import json
import os
import sys

import numpy as np
import scipy.stats as st

SCRIPTS, BASELINE, WINDOW, MARGIN = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
WARM_UP = 3


def functions(name, *parts):
    """The named parts of a script of the research, each from one text up to another, run."""
    with open(os.path.join(SCRIPTS, name)) as file:
        text = file.read()
    space = {}
    for start, end in parts:
        exec(text[text.index(start) : text.index(end)], space)
    return space


def runs(path):
    with open(path) as file:
        return sorted((json.loads(line) for line in file if line.strip()), key=lambda run: run["time"])


def latency(run):
    if run["seconds"] is not None:
        return run["seconds"]
    return None if run["ok"] else np.inf


LATENCY = functions("latency_sequential.py", ("import", "def obf_bounds"), ("def rho1", "def run"))
FAILURES = functions("failures_eprocess.py", ("import", "def first"))

before, after = runs(BASELINE), runs(WINDOW)
y = np.array([value for value in map(latency, before) if value is not None])
m = len(y)
sorted_y = np.sort(y)
greatest = y[np.isfinite(y)].max()
r = float(LATENCY["rho1"](np.minimum(y, greatest)[None, :])[0])
inflation = (1 + r) / (1 - r)

failed_before = sum(not run["ok"] for run in before)
p0 = max(0.005, st.beta.ppf(0.75, failed_before + 0.5, len(before) - failed_before + 0.5))
k = -(-95 * m // 100)
threshold = sorted_y[k - 1]
tail_p0 = st.beta.ppf(0.75, m + 1 - k, k)
failures = FAILURES["tabfor"](p0, 1, 9)
# Its memory takes ratios for equal that agree in four digits.
FAILURES["_tab"].clear()
tail = FAILURES["tabfor"](tail_p0, 1, 5)

n = slow = failed = 0
ranks = 0.0
for index, run in enumerate(after, 1):
    failed += not run["ok"]
    value = latency(run)
    if index > WARM_UP and value is not None:
        n += 1
        shifted = value / MARGIN
        ranks += (np.searchsorted(sorted_y, shifted) + np.searchsorted(sorted_y, shifted, "right")) / 2
        slow += shifted > threshold
    first = 0.0
    if n:
        information = 12 * n * m / ((n + m + 1) * inflation)
        first = float(LATENCY["evals"](np.array([ranks / (n * m) - 0.5]), np.array([information]))[0])
    third = float(tail[n, slow]) if n else 0.0
    print(repr(first), repr(float(failures[index, failed])), repr(third))
