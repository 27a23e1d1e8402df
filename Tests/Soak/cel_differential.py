"""Compares `lookout rules eval` with cel-expr-python (Google's cel-cpp) on random expressions.

    cel_differential.py LOOKOUT [--count N] [--seed S] [--known FILE]

Both must agree on whether an expression is refused before it is evaluated, fails, or has a value, and
on the value with its kind; messages are free. Each disagreement is made smaller and printed with what
both say, unless FILE lists its form as known and meant. Exits with 1 if there are others.
"""

import argparse
import base64
import datetime
import json
import math
import re
import subprocess
import sys
import time

from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings

from expressions import VARIABLES, Generator

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)

# What type names are to expressions, where cel-expr-python has others.
TYPE_NAMES = {
    "timestamp": "google.protobuf.Timestamp",
    "duration": "google.protobuf.Duration",
    "null": "null_type",
}

# Values in the exchange's form, which both sides get.
BINDINGS = {
    "i": {"int": "5"},
    "j": {"int": "-3"},
    "d": {"double": "2.5"},
    "ok": {"bool": True},
    "s": {"string": "hello"},
    "t": {"string": "wörld"},
    "b": {"bytes": base64.b64encode(b"abc").decode()},
    "xs": {"list": [{"int": "3"}, {"int": "1"}, {"int": "2"}]},
    "ss": {"list": [{"string": "a"}, {"string": "bc"}]},
    "m": {"map": [[{"string": "a"}, {"int": "1"}], [{"string": "b"}, {"int": "2"}]]},
    "ts": {"timestamp": {"seconds": "1788264000", "nanos": 0}},
    "dur": {"duration": {"seconds": "90", "nanos": 500000000}},
    "x": {"int": "4"},
    "o": {
        "map": [
            [{"string": "name"}, {"string": "api"}],
            [{"string": "n"}, {"int": "3"}],
            [{"string": "f"}, {"double": "0.5"}],
            [{"string": "up"}, {"bool": False}],
        ]
    },
}


def python_value(value):
    ((kind, content),) = value.items()
    match kind:
        case "int":
            return int(content)
        case "double":
            return float(content)
        case "bytes":
            return base64.b64decode(content)
        case "list":
            return [python_value(element) for element in content]
        case "map":
            return {python_value(key): python_value(item) for key, item in content}
        case "timestamp":
            return EPOCH + datetime.timedelta(seconds=int(content["seconds"]))
        case "duration":
            return datetime.timedelta(seconds=int(content["seconds"]), microseconds=content["nanos"] // 1000)
        case _:
            return content


class Lookout:
    """`lookout rules eval --json`, asked line by line."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "rules", "eval", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.environment = [{"name": name, "type": kind} for name, kind in VARIABLES.items()]

    def ask(self, expression):
        request = {"id": 1, "expr": expression, "type_env": self.environment, "bindings": BINDINGS}
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"lookout ended on: {expression}")
        answer = json.loads(line)
        if "error" not in answer:
            return ("value", normal(answer["value"]))
        return ("fails" if answer["stage"] == "eval" else "refused", answer["message"])


def normal(value):
    """A value of the exchange in a form that compares as it should."""
    ((kind, content),) = value.items()
    match kind:
        case "double":
            return (kind, plain_double(float(content)))
        case "bytes":
            return (kind, base64.b64decode(content))
        case "list":
            return (kind, tuple(normal(element) for element in content))
        case "map":
            return (kind, frozenset((normal_key(key), normal(item)) for key, item in content))
        case "timestamp":
            return (kind, int(content["seconds"]) * 1_000_000 + content["nanos"] // 1000)
        case "duration":
            # cel-expr-python gives whole microseconds; towards which side is not said.
            nanoseconds = int(content["seconds"]) * 1_000_000_000 + content["nanos"]
            return (kind, int(nanoseconds / 1000))
        case "optional":
            return (kind, content and normal(content))
        case _:
            return (kind, content)


def normal_key(key):
    """A key of a map; Python does not tell uint from int there."""
    kind, content = normal(key)
    return ("int" if kind == "uint" else kind, content)


def plain_double(number):
    return "NaN" if math.isnan(number) else number


class Google:
    """cel-expr-python with the extensions that both sides have."""

    def __init__(self):
        self.environment = cel.NewEnv(
            variables={name: self.type(kind) for name, kind in VARIABLES.items()},
            extensions=[
                ext_bindings.ExtBindings(), ext_encoders.ExtEncoders(), ext_math.ExtMath(), ext_optional.ExtOptional(),
                ext_strings.ExtStrings(),
            ],
        )
        self.activation = self.environment.Activation({name: python_value(value) for name, value in BINDINGS.items()})

    @staticmethod
    def type(notation):
        types = {
            "list(int)": cel.Type.List(cel.Type.INT),
            "list(string)": cel.Type.List(cel.Type.STRING),
            "map(string, int)": cel.Type.Map(cel.Type.STRING, cel.Type.INT),
            "map(string, dyn)": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
        }
        return types.get(notation) or getattr(cel.Type, notation.upper())

    def ask(self, expression):
        try:
            program = self.environment.compile(expression)
        except Exception as error:
            return ("refused", str(error).split("\n")[0])
        try:
            result = program.eval(self.activation)
            kind = result.type().name()
            if kind == "ERROR":
                return ("fails", str(result.value()))
            return ("value", self.normal(result))
        except TypeError:
            # Python has no form for the result, such as an optional.
            return ("unknown", "")
        except Exception as error:
            return ("fails", str(error).split("\n")[0])

    def normal(self, result):
        kind = result.type().name().split("<")[0].lower()
        value = result.value()
        match kind:
            case "int" | "uint":
                return (kind, str(value))
            case "double":
                return (kind, plain_double(value))
            case "bytes":
                return (kind, bytes(value))
            case "list":
                return (kind, tuple(self.normal(element) for element in value))
            case "map":
                return (kind, frozenset((self.key(key), self.normal(item)) for key, item in value.items()))
            case "timestamp":
                return (kind, (value - EPOCH) // datetime.timedelta(microseconds=1))
            case "duration":
                return (kind, value // datetime.timedelta(microseconds=1))
            case "type":
                name = value.name().split("<")[0].lower()
                return (kind, TYPE_NAMES.get(name, name))
            case _:
                return (kind, value)

    @staticmethod
    def key(key):
        if isinstance(key, bool):
            return ("bool", key)
        return ("int", str(key)) if isinstance(key, int) else ("string", key)


class Known:
    """The differences that are meant: a regular expression on the smallest form and who says what."""

    def __init__(self, file):
        self.rules = []
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    ours, theirs, pattern, reason = line.rstrip("\n").split("\t")
                    self.rules.append((ours, theirs, re.compile(pattern), reason))

    def reason(self, text, ours, theirs):
        for our_form, their_form, pattern, reason in self.rules:
            if our_form in (ours[0], "*") and their_form in (theirs[0], "*") and pattern.search(text):
                return reason
        return None


def differ(ours, theirs):
    if theirs[0] == "unknown":
        return False
    if ours[0] != theirs[0]:
        return True
    return ours[0] == "value" and not alike(ours[1], theirs[1])


def alike(left, right):
    return left == right or left[0] == right[0] == "duration" and abs(left[1] - right[1]) <= 1


def shrink(tree, still_differs):
    """The smallest expression found that still makes the two differ in the same way."""
    for _ in range(200):
        smaller = next((other for other in tree.smaller() if len(str(other)) < len(str(tree)) and still_differs(other)), None)
        if smaller is None:
            return tree
        tree = smaller
    return tree


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lookout")
    arguments.add_argument("--count", type=int, default=5000)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--known", required=True)
    options = arguments.parse_args()
    print(f"seed {options.seed}, {options.count} expressions", flush=True)
    lookout, google, known = Lookout(options.lookout), Google(), Known(options.known)
    generator = Generator(options.seed)
    counts = {"value": 0, "fails": 0, "refused": 0}
    meant, found = {}, {}
    for _ in range(options.count):
        tree = generator.expression()
        ours, theirs = lookout.ask(str(tree)), google.ask(str(tree))
        if not differ(ours, theirs):
            counts[ours[0]] += 1
            continue

        def differs_alike(other):
            text = str(other)
            first, second = lookout.ask(text), google.ask(text)
            return differ(first, second) and (first[0], second[0]) == (ours[0], theirs[0])

        text = str(shrink(tree, differs_alike))
        ours, theirs = lookout.ask(text), google.ask(text)
        reason = known.reason(text, ours, theirs)
        if reason:
            meant[reason] = meant.get(reason, 0) + 1
        elif text not in found:
            found[text] = (ours, theirs)
            print(f"\n{text}\n  lookout:         {ours[0]}: {ours[1]}\n  cel-expr-python: {theirs[0]}: {theirs[1]}", flush=True)
    print(f"\nagreed: {counts['value']} values, {counts['fails']} failures, {counts['refused']} refusals")
    for reason, count in sorted(meant.items()):
        print(f"meant to differ: {count} × {reason}")
    print(f"disagreed: {len(found)} different expressions")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
