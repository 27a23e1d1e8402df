"""Writes statistics.json: what the tests hold LookoutStatistics against.

    python3 Tests/LookoutStatisticsTests/Fixtures/generate.py <folder of the research's scripts>

The folder is `data/statistics` of the research (latency_sequential.py, failures_eprocess.py); their own
functions `evals`, `seqtheta`, `rho1` and `tabfor` are run, not copies. Needs numpy, scipy and mpmath. The
seed is fixed, so the file changes only if a formula does.
"""

import json
import math
import os
import sys

import mpmath
import numpy as np
import scipy.stats as st

SCRIPTS = sys.argv[1]
rng = np.random.default_rng(20261122)
mpmath.mp.dps = 60


def functions(name, *parts):
    """The named parts of a script of the research, each from one text up to another, run."""
    with open(os.path.join(SCRIPTS, name)) as file:
        text = file.read()
    space = {}
    for start, end in parts:
        exec(text[text.index(start) : text.index(end)], space)
    return space


LATENCY = functions("latency_sequential.py", ("import", "def obf_bounds"), ("def rho1", "def run"))
FAILURES = functions("failures_eprocess.py", ("import", "def first"))
LATENCY["rng"] = rng


def series(count, sigma, phi=0.0, ratio=1.0, digits=3):
    return np.round(LATENCY["gen"](1, count, sigma, phi, ratio)[0], digits)


def latency_case(name, y, x, margin):
    """ln E after each sample. `seqtheta` has no ties; where there are some, half of each counts."""
    m, n = len(y), len(x)
    shifted = x / margin
    if len(np.intersect1d(y, shifted)) == 0:
        theta = LATENCY["seqtheta"](shifted[None, :], y[None, :])[0]
    else:
        ordered = np.sort(y)
        below = np.searchsorted(ordered, shifted, side="left")
        upto = np.searchsorted(ordered, shifted, side="right")
        theta = np.cumsum((below + upto) / 2) / (np.arange(1, n + 1) * m) - 0.5
    finite = np.where(np.isinf(y), y[np.isfinite(y)].max(), y)
    r = float(LATENCY["rho1"](finite[None, :])[0]) if finite.std() > 0 else 0.0
    inflation = (1 + r) / (1 - r)
    information = np.array([12 * k * m / (k + m + 1) for k in range(1, n + 1)])
    evidence = LATENCY["evals"](theta, information, vif=inflation)
    assert np.isfinite(evidence).all(), name
    # A timeout is null.
    plain = lambda values: [None if math.isinf(v) else v for v in values.tolist()]
    return {
        "name": name, "baseline": plain(y), "window": plain(x), "margin": margin, "autocorrelation": r,
        "logEvidence": evidence.tolist(),
    }


def with_timeouts(values, every):
    values = values.copy()
    values[::every] = np.inf
    return values


def latency_cases():
    s = series
    return [
        latency_case("no change", s(180, 0.5), s(180, 0.5), 1.0),
        latency_case("no change, margin 1.1", s(180, 0.3, 0.3), s(180, 0.3, 0.3), 1.1),
        latency_case("half as slow again", s(180, 0.5, 0.3), s(180, 0.5, 0.3, 1.5), 1.1),
        latency_case("twice as slow", s(60, 0.8, 0.6), s(100, 0.8, 0.6, 2.0), 1.1),
        latency_case("six hours of baseline", s(2160, 0.5, 0.3), s(180, 0.5, 0.3, 1.2), 1.1),
        latency_case("faster", s(180, 0.3), s(60, 0.3, 0.0, 0.9), 1.1),
        latency_case("whole milliseconds, many ties", s(120, 0.1, 0, 0.1, 0), s(90, 0.1, 0, 0.1, 0), 1.0),
        latency_case("timeouts", with_timeouts(s(180, 0.5), 30), with_timeouts(s(120, 0.5), 7), 1.1),
        latency_case("all equal", np.full(60, 100.0), np.full(40, 100.0), 1.0),
    ]


def mixture(p0, b):
    FAILURES["_tab"].clear()
    return FAILURES["tabfor"](p0, 1, b)


def failure_case(failed, m, ratio, n=180):
    p0 = max(float(st.beta.ppf(0.75, failed + 0.5, m - failed + 0.5)), 0.005)
    if m < 60:
        p0 = max(p0, 0.02)
    ok = rng.random(n) >= ratio
    x = np.cumsum(~ok)
    table = mixture(p0, 9)
    return {
        "baselineFailures": failed, "baselineCount": m, "nullRatio": p0, "ok": ok.tolist(),
        "logEvidence": [float(table[i + 1, x[i]]) for i in range(n)],
    }


def tail_case(m, share, factor, n=180):
    y, x = series(m, 0.5), series(n, 0.5)
    x = np.round(np.where(rng.random(n) < share, x * factor, x), 3)
    k = int(np.ceil(0.95 * m))
    threshold = float(np.sort(y)[k - 1])
    p0 = float(st.beta.ppf(0.75, m + 1 - k, k))
    above = np.cumsum(x > threshold)
    table = mixture(p0, 5)
    return {
        "baseline": y.tolist(), "window": x.tolist(), "threshold": threshold, "nullRatio": p0,
        "logEvidence": [float(table[i + 1, above[i]]) for i in range(n)],
    }


def hodges_lehmann_case(name, y, x):
    """By the whole matrix; 95 % bounds of the normal approximation without correction, as Kayenta's rule."""
    n, m = len(x), len(y)
    differences = np.sort((np.log(x)[:, None] - np.log(y)[None, :]).ravel())
    if n + m <= 50:
        counts = np.array([1.0])
        for i in range(1, n + 1):  # the Gaussian binomial (n+m choose n)
            grown = np.zeros(len(counts) + m + i)
            grown[: len(counts)] += counts
            grown[m + i:] -= counts
            quotient = grown.copy()
            for j in range(i, len(quotient)):
                quotient[j] += quotient[j - i]
            counts = quotient[: len(counts) + m]
        tail = np.cumsum(counts) / counts.sum()
        rank = int((tail <= 0.025).sum())
    else:
        rank = int(np.floor(n * m / 2 - st.norm.ppf(0.975) * np.sqrt(n * m * (n + m + 1) / 12)))
    return {
        "name": name, "baseline": y.tolist(), "window": x.tolist(), "rank": rank,
        "ratio": math.exp(np.median(differences)),
        "lower": math.exp(differences[rank - 1]), "upper": math.exp(differences[n * m - rank]),
    }


def special():
    mp = mpmath.mpf
    number = lambda value: float(value)
    lower = lambda x: mpmath.log(mpmath.erfc(-mp(x) / mpmath.sqrt(2)) / 2)
    normal = [-1e8, -300.0, -50.0, -38.5, -12.0, -5.5, -5.0, -4.999, -1.0, -1e-9, 0.0, 0.3, 1.0, 3.0, 6.0, 8.2]
    beta = [
        (0.5, 0.5, 0.1), (0.5, 180.5, 0.003), (2.5, 178.5, 0.02), (44.5, 2116.5, 0.02), (44.5, 2116.5, 0.03),
        (109, 2052, 0.0504), (109, 2052, 0.03), (1, 9, 0.3), (9, 1, 0.999), (0.5, 2160.5, 1e-7),
        (1000.5, 0.5, 0.9999), (20000.5, 30000.5, 0.401), (3, 4, 0.9),
    ]
    quantile = [
        (0.5, 60.5, 0.75), (0.5, 180.5, 0.75), (0.5, 2160.5, 0.75), (10.5, 50.5, 0.75), (109, 2052, 0.75),
        (10, 171, 0.75), (4, 57, 0.75), (1, 180, 0.95), (3, 178, 0.95), (0.5, 0.5, 0.75), (180.5, 0.5, 0.75),
        (5, 176, 1e-6), (5, 176, 0.999999),
    ]

    def incomplete(a, b, x):
        """By the series of positive terms (DLMF 8.17.8); mpmath's own gives up for the larger ones."""
        if x > mp(a + 1) / (a + b + 2):
            return 1 - incomplete(b, a, 1 - x)
        term = total = mp(1)
        k = 0
        while term > total * mp(10) ** -50:
            term *= (a + b + k) * x / (a + 1 + k)
            total += term
            k += 1
        return total * x**a * (1 - x) ** b / (a * mpmath.beta(a, b))

    def inverse(a, b, p):
        start = mp(float(st.beta.ppf(float(p), a, b)))
        return mpmath.findroot(lambda x: incomplete(a, b, x) - mp(p), (start, start * (1 - mp(10) ** -9)))

    probabilities = [1e-300, 1e-12, 0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.99999]
    return {
        "logCumulativeNormal": [[x, number(lower(x))] for x in normal],
        "normalQuantile": [
            [p, number(mpmath.findroot(lambda x: lower(x) - mpmath.log(mp(p)), st.norm.ppf(p)))]
            for p in probabilities
        ],
        "incompleteBeta": [[a, b, x, number(incomplete(a, b, mp(x)))] for a, b, x in beta],
        "betaQuantile": [[a, b, p, number(inverse(a, b, p))] for a, b, p in quantile],
        "logGamma": [[x, number(mpmath.loggamma(mp(x)))] for x in (0.5, 1.5, 3.0, 10.25, 181.0, 2160.5)],
    }


document = {
    "latency": latency_cases(),
    "failures": [
        failure_case(*case)
        for case in [(0, 180, 0.02), (4, 180, 0.1), (43, 2160, 0.05), (0, 2160, 0.0), (1, 30, 0.1), (90, 180, 0.8)]
    ],
    "tail": [tail_case(180, 0.1, 5), tail_case(2160, 0.2, 3), tail_case(60, 0.0, 1)],
    "hodgesLehmann": [
        hodges_lehmann_case("exact", series(20, 0.5), series(15, 0.5, 0, 1.5)),
        hodges_lehmann_case("exact, as many as may be", series(25, 0.3), series(25, 0.3)),
        hodges_lehmann_case("normal", series(180, 0.5), series(180, 0.5, 0, 1.1)),
        hodges_lehmann_case("an odd number of pairs", series(61, 0.8), series(33, 0.8, 0, 2.0)),
    ],
    "special": special(),
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.json")
with open(path, "w") as file:
    json.dump(document, file, indent=0)
    file.write("\n")
