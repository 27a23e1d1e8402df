"""The expressions of expressions.json in two other engines: for lookout-benchmark, which starts it.

    expressions.py FILE

It prints a line with the names of the engines, and then answers each line "ENGINE NUMBER" on
standard input with the nanoseconds of processor time that an evaluation of that expression took,
variables bound, over about 50 ms. An engine that gives another result than the file says ends it.
"""

import base64
import datetime
import json
import sys
import time

import cel as common_expression_language
from cel_expr_python import cel as cel_expr_python

ROUND = 50_000_000


def python_value(value):
    """A value of the file's form as Python's own."""
    ((kind, content),) = value.items()
    match kind:
        case "null":
            return None
        case "int" | "uint":
            return int(content)
        case "double":
            return float(content)
        case "bytes":
            return base64.b64decode(content)
        case "list":
            return [python_value(element) for element in content]
        case "map":
            return {python_value(key): python_value(item) for key, item in content}
        case _:
            return content


def cel_type(notation):
    """A type of the notation of `type_env` as cel-expr-python's."""
    types = cel_expr_python.Type
    plain = {
        name: getattr(types, name.upper())
        for name in ("bool", "int", "uint", "double", "string", "bytes", "duration", "timestamp", "dyn")
    }
    if notation in plain:
        return plain[notation]
    name, _, inner = notation.rstrip().partition("(")
    inner = inner[:-1]
    if name == "list":
        return types.List(cel_type(inner))
    key, _, item = inner.partition(", ")
    return types.Map(cel_type(key), cel_type(item))


def google(file, bindings, p95):
    """cel-expr-python, which is cel-cpp: what evaluates each expression."""
    duration, text = cel_expr_python.Type.DURATION, cel_expr_python.Type.STRING
    overload = cel_expr_python.Overload(
        id="p95_string_duration", return_type=duration, parameters=[text, duration], impl=p95
    )
    environment = cel_expr_python.NewEnv(
        variables={item["name"]: cel_type(item["type"]) for item in file["type_env"]},
        functions=[cel_expr_python.FunctionDecl("p95", [overload])],
    )
    activation = environment.Activation(bindings)

    def prepare(expression):
        program = environment.compile(expression)
        return (lambda: program.eval(activation)), (lambda result: result.plain_value())

    return prepare


def community(file, bindings, p95):
    """common-expression-language, which is cel-rust."""
    context = common_expression_language.Context(variables=bindings, functions={"p95": p95})

    def prepare(expression):
        program = common_expression_language.compile(expression)
        return (lambda: program.execute(context)), (lambda result: result)

    return prepare


def nanoseconds(work):
    def measure(count):
        start = time.thread_time_ns()
        for _ in range(count):
            work()
        return time.thread_time_ns() - start

    count, spent = 1, measure(1)
    while spent < ROUND // 5:
        count *= 2
        spent = measure(count)
    count = max(1, count * ROUND // spent)
    return measure(count) / count


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        file = json.load(source)
    bindings = {name: python_value(value) for name, value in file["bindings"].items()}
    result = datetime.timedelta(microseconds=file["p95"]["nanoseconds"] / 1000)

    def p95(metric, window):
        return result

    engines = {
        "cel-expr-python": google(file, bindings, p95),
        "common-expression-language": community(file, bindings, p95),
    }
    works = {}
    for name, prepare in engines.items():
        for number, expression in enumerate(file["expressions"]):
            work, plain = prepare(expression["expr"])
            answer, expected = plain(work()), python_value(expression["value"])
            if answer != expected or type(answer) is not type(expected):
                sys.exit(f"{name}: {expression['expr']} is {answer}, not {expected}")
            works[name, number] = work
    print(*engines, flush=True)
    for line in sys.stdin:
        name, number = line.split()
        print(nanoseconds(works[name, int(number)]), flush=True)


if __name__ == "__main__":
    main()
