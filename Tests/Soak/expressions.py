"""Random CEL expressions, well-formed and not, as trees that can be made smaller.

Every node knows what kind of value it gives, so that a node can be put in another's place.
"""

import random

# What the expressions may refer to: the type in the notation of `lookout rules eval`.
VARIABLES = {
    "i": "int",
    "j": "int",
    "d": "double",
    "ok": "bool",
    "s": "string",
    "t": "string",
    "b": "bytes",
    "xs": "list(int)",
    "ss": "list(string)",
    "m": "map(string, int)",
    "ts": "timestamp",
    "dur": "duration",
    "x": "dyn",
    "o": "map(string, dyn)",
}

KINDS = ("bool", "int", "uint", "double", "string", "bytes", "ints", "strings", "map", "timestamp", "duration")

SIMPLEST = {
    "bool": "true",
    "int": "1",
    "uint": "1u",
    "double": "1.0",
    "string": "'a'",
    "bytes": "b'a'",
    "ints": "[1]",
    "strings": "['a']",
    "map": "{'a': 1}",
    "timestamp": "timestamp('2026-01-01T00:00:00Z')",
    "duration": "duration('1s')",
}

LITERALS = {
    "bool": ["true", "false", "ok", "o.up", "x == x"],
    "int": ["0", "1", "2", "-1", "3", "7", "10", "100", "9223372036854775807", "-9223372036854775808", "0x1F", "i", "j",
            "xs[0]", "m.a", "m['b']", "m.zz", "xs[9]", "o.n", "x"],
    "uint": ["0u", "1u", "3u", "18446744073709551615u", "0xFFu"],
    "double": ["0.0", "-0.0", "1.0", "1.5", "-2.25", "0.1", "1e10", "1e300", "1e-7", "123456789.0", "d", "o.f"],
    "string": ["''", "'a'", "'abc'", "'b'", "'A'", "'é'", "'e\\u0301'", "'😀x'", "' a b '", "'1'", "'-5'", "'1.5'", "'true'",
               "'a,b,c'", "r'\\d'", '"q"', "'''tri'ple'''", "s", "t", "ss[0]", "o.name", "'2026-01-01T00:00:00Z'", "'1h'"],
    "bytes": ["b''", "b'a'", "b'\\xff'", "b'abc'", "b'\\303\\251'", "b"],
    "ints": ["[]", "[1]", "[1, 2, 3]", "[3, 1, 2]", "xs"],
    "strings": ["[]", "['a']", "['a', 'b']", "ss"],
    "map": ["{}", "{'a': 1}", "{'a': 1, 'b': 2}", "m"],
    "timestamp": ["ts", "timestamp('2026-02-28T23:59:59Z')", "timestamp('1969-12-31T23:59:59.5Z')",
                  "timestamp('2024-02-29T12:00:00+02:00')", "timestamp('9999-12-31T23:59:59Z')", "timestamp(0)"],
    "duration": ["dur", "duration('0s')", "duration('1h30m')", "duration('-1.5s')", "duration('24h')", "duration('100ms')"],
}

PATTERNS = ["'a'", "'^a.*'", "'[a-c]+$'", "'(?i)ABC'", "'\\\\d+'", "'^$'", "'(a|b)*c'", "'\\\\bx'", "'('", "'a{2,3}'", "'[^a]'",
            "'\\\\pL'", "'.'", "'(?s).'", "'\\\\w\\\\s'"]
ZONES = ["'UTC'", "'Europe/Berlin'", "'+02:00'", "'-05:30'", "'America/New_York'", "'Nowhere/Here'"]
TIME_PARTS = ["getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getHours",
              "getMinutes", "getSeconds", "getMilliseconds"]

# Productions by kind: text with the kinds of the parts in angle brackets. `@` is a fresh variable that the
# parts after it may use, where its kind stands behind a colon.
PRODUCTIONS = {
    "bool": [
        "<bool> && <bool>", "<bool> || <bool>", "!<bool>", "<bool> ? <bool> : <bool>",
        "<int> < <int>", "<int> <= <int>", "<int> == <int>", "<int> != <int>", "<uint> > <uint>", "<uint> == <uint>",
        "<double> < <double>", "<double> == <double>", "<double> >= <double>", "<string> == <string>", "<string> < <string>",
        "<bytes> < <bytes>", "<bytes> == <bytes>", "<bool> == <bool>", "<bool> < <bool>", "<ints> == <ints>", "<strings> != <strings>",
        "<map> == <map>", "<timestamp> < <timestamp>", "<timestamp> == <timestamp>", "<duration> >= <duration>",
        "<int> in <ints>", "<string> in <strings>", "<string> in <map>", "has(m.a)", "has(o.name)", "has(o.nothing)",
        "<string>.contains(<string>)", "<string>.startsWith(<string>)", "<string>.endsWith(<string>)",
        "<string>.matches(<pattern>)", "matches(<string>, <pattern>)",
        "<ints>.exists(@:int, <bool>)", "<ints>.all(@:int, <bool>)", "<ints>.exists_one(@:int, <bool>)",
        "<strings>.exists(@:string, <bool>)", "<map>.all(@:string, <bool>)",
        "dyn(<int>) == dyn(<double>)", "dyn(<int>) < dyn(<uint>)", "dyn(<uint>) >= dyn(<double>)", "dyn(<string>) == dyn(<int>)",
        "dyn(<ints>) == dyn(<strings>)", "bool(<string>)", "math.isNaN(<double>)", "math.isInf(<double>)", "math.isFinite(<double>)",
        "m[?<string>].hasValue()", "optional.of(<int>).hasValue()", "type(<int>) == int", "type(x) == type(<string>)",
        "cel.bind(@:int, <int>, <bool>)", "x == <int>", "x < <int>", "(<bool>)",
    ],
    "int": [
        "<int> + <int>", "<int> - <int>", "<int> * <int>", "<int> / <int>", "<int> % <int>", "-<int>", "-(<int>)",
        "<bool> ? <int> : <int>", "size(<string>)", "<string>.size()", "size(<bytes>)", "size(<ints>)", "<strings>.size()", "size(<map>)",
        "int(<double>)", "int(<string>)", "int(<uint>)", "int(<timestamp>)", "<ints>[<int>]", "<map>[<string>]", "<string>.indexOf(<string>)",
        "<string>.indexOf(<string>, <int>)", "<string>.lastIndexOf(<string>)", "<timestamp>.<part>()", "<timestamp>.<part>(<zone>)",
        "<duration>.getHours()", "<duration>.getMinutes()", "<duration>.getSeconds()", "<duration>.getMilliseconds()",
        "math.abs(<int>)", "math.sign(<int>)", "math.greatest(<int>, <int>)", "math.least(<int>, <int>, <int>)", "math.greatest(<ints>)",
        "math.bitAnd(<int>, <int>)", "math.bitOr(<int>, <int>)", "math.bitXor(<int>, <int>)", "math.bitNot(<int>)",
        "math.bitShiftLeft(<int>, <int>)", "math.bitShiftRight(<int>, <int>)",
        "cel.bind(@:int, <int>, <int>)", "m[?<string>].orValue(<int>)", "m.?a.orValue(<int>)", "optional.of(<int>).value()",
        "optional.ofNonZeroValue(<int>).orValue(<int>)", "optional.of(<int>).optMap(@:int, <int>).orValue(<int>)",
        "<ints>[?<int>].orValue(<int>)", "(<int>)", "<ints>.filter(@:int, <bool>).size()",
    ],
    "uint": [
        "<uint> + <uint>", "<uint> - <uint>", "<uint> * <uint>", "<uint> / <uint>", "<uint> % <uint>", "uint(<int>)", "uint(<double>)",
        "uint(<string>)", "<bool> ? <uint> : <uint>", "math.abs(<uint>)", "math.bitAnd(<uint>, <uint>)", "math.bitShiftLeft(<uint>, <int>)",
    ],
    "double": [
        "<double> + <double>", "<double> - <double>", "<double> * <double>", "<double> / <double>", "-<double>", "double(<int>)", "double(<uint>)",
        "double(<string>)", "math.ceil(<double>)", "math.floor(<double>)", "math.round(<double>)", "math.trunc(<double>)", "math.abs(<double>)",
        "math.sqrt(<double>)", "math.sqrt(<int>)", "math.sign(<double>)", "math.greatest(<double>, <double>)", "<bool> ? <double> : <double>",
    ],
    "string": [
        "<string> + <string>", "string(<int>)", "string(<uint>)", "string(<double>)", "string(<bool>)", "string(<bytes>)", "string(<timestamp>)",
        "string(<duration>)", "<string>.replace(<string>, <string>)", "<string>.replace(<string>, <string>, <int>)", "<string>.substring(<int>)",
        "<string>.substring(<int>, <int>)", "<string>.charAt(<int>)", "<string>.lowerAscii()", "<string>.upperAscii()", "<string>.trim()",
        "<string>.reverse()", "<strings>.join(<string>)", "<strings>.join()", "strings.quote(<string>)", "base64.encode(<bytes>)",
        "'%d|%s'.format([<int>, <string>])", "'%s'.format([<ints>])", "'%.2f %x'.format([<double>, <int>])", "'%s'.format([<map>])",
        "'%e'.format([<double>])", "'%b %o %X'.format([<int>, <int>, <int>])", "'%s %s'.format([<bool>, <double>])", "<bool> ? <string> : <string>",
        "<strings>[<int>]", "cel.bind(@:string, <string>, <string>)", "(<string>)",
    ],
    "bytes": ["<bytes> + <bytes>", "bytes(<string>)", "base64.decode(<string>)", "base64.decode(base64.encode(<bytes>))", "<bool> ? <bytes> : <bytes>"],
    "ints": ["[<int>, <int>]", "<ints> + <ints>", "<ints>.map(@:int, <int>)", "<ints>.filter(@:int, <bool>)", "<ints>.map(@:int, <bool>, <int>)",
             "<bool> ? <ints> : <ints>", "[?m[?<string>], <int>]", "[<int>]"],
    "strings": ["[<string>, <string>]", "<strings> + <strings>", "<string>.split(<string>)", "<string>.split(<string>, <int>)", "<map>.map(@:string, <string>)",
                "<strings>.filter(@:string, <bool>)", "<ints>.map(@:int, <string>)"],
    "map": ["{<string>: <int>}", "{<string>: <int>, <string>: <int>}", "{?<string>: m[?<string>]}", "<bool> ? <map> : <map>"],
    "timestamp": ["<timestamp> + <duration>", "<timestamp> - <duration>", "timestamp(<string>)", "timestamp(<int>)", "<bool> ? <timestamp> : <timestamp>"],
    "duration": ["<duration> + <duration>", "<duration> - <duration>", "<timestamp> - <timestamp>", "duration(<string>)", "<bool> ? <duration> : <duration>"],
}

SLIPS = ["(", ")", "[", "]", "{", "}", ",", ".", "?", ":", "&&", "+", "==", "'", "!", "in", "1", "a", "null", " ", "//", "\\", "@", "&"]


class Node:
    """A part of an expression: text and further parts in turns."""

    def __init__(self, kind, parts):
        self.kind = kind
        self.parts = parts

    def __str__(self):
        return "".join(str(part) for part in self.parts)

    def children(self):
        return [part for part in self.parts if isinstance(part, Node)]

    def all(self):
        found = [self]
        for child in self.children():
            found += child.all()
        return found

    def replacing(self, old, new):
        if self is old:
            return new
        return Node(self.kind, [part.replacing(old, new) if isinstance(part, Node) else part for part in self.parts])

    def smaller(self):
        """The same expression with a part made smaller, the largest savings first."""
        for node in self.all():
            simplest = SIMPLEST.get(node.kind)
            if simplest and str(node) != simplest:
                yield self.replacing(node, Node(node.kind, [simplest]))
            for inner in node.all()[1:]:
                if inner.kind == node.kind:
                    yield self.replacing(node, inner)


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0

    def expression(self):
        """A tree, or a text that was broken on purpose."""
        tree = self.node(self.random.choice(KINDS), self.random.randint(1, 4), {})
        if self.random.random() < 0.12:
            return Node("text", [self.broken(str(tree))])
        return tree

    def node(self, kind, depth, scope):
        # Now and then a part of another kind, for the checkers to refuse.
        if self.random.random() < 0.015:
            kind = self.random.choice(KINDS)
        if depth <= 0 or self.random.random() < 0.15:
            names = [name for name, of in scope.items() if of == kind]
            if names and self.random.random() < 0.6:
                return Node(kind, [self.random.choice(names)])
            return Node(kind, [self.random.choice(LITERALS[kind])])
        return self.production(kind, self.random.choice(PRODUCTIONS[kind]), depth, dict(scope))

    def production(self, kind, text, depth, scope):
        parts = []
        while text:
            marks = [place for place in (text.find("@:"), self.opening(text)) if place >= 0]
            if not marks:
                parts.append(text)
                break
            place = min(marks)
            if text[place] == "@":
                self.names += 1
                name = f"v{self.names % 4}"
                end = min(text.find(mark, place) for mark in ",)" if text.find(mark, place) >= 0)
                scope = scope | {name: text[place + 2 : end]}
                parts.append(text[:place] + name)
                text = text[end:]
                continue
            end = text.index(">", place)
            parts.append(text[:place])
            parts.append(self.part(text[place + 1 : end], depth - 1, scope))
            text = text[end + 1 :]
        return Node(kind, parts)

    @staticmethod
    def opening(text):
        """Where a part's name begins: an angle bracket with letters behind it, not an operator."""
        for place, mark in enumerate(text):
            if mark == "<" and text[place + 1 : place + 2].isalpha():
                return place
        return -1

    def part(self, name, depth, scope):
        if name == "pattern":
            return Node(name, [self.random.choice(PATTERNS)])
        if name == "zone":
            return Node(name, [self.random.choice(ZONES)])
        if name == "part":
            return Node(name, [self.random.choice(TIME_PARTS)])
        node = self.node(name, depth, scope)
        # Operators inside operators keep their order only in brackets; without, precedence decides.
        if len(node.parts) > 1 and self.random.random() < 0.7:
            return Node(name, ["(", node, ")"])
        return node

    def broken(self, text):
        place = self.random.randint(0, len(text))
        match self.random.randint(0, 2):
            case 0:
                return text[:place] + self.random.choice(SLIPS) + text[place:]
            case 1:
                return text[:place] + text[place + self.random.randint(1, 3) :]
            case _:
                return text[:place] + self.random.choice(SLIPS) + text[place + 1 :]
