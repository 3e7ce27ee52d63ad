"""The hand-written headers and the names that they declare. What is written by hand is never generated."""
import os
import re

MARK = "/* @generated */"


class Hand:
    """texts: file name -> text. owner: declared name -> file. macros, types, tags, constants: names by kind.
    includes: file -> files that it reads."""

    def __init__(self):
        self.texts = {}
        self.owner = {}
        self.includes = {}
        self.macros = set()
        self.types = set()
        self.tags = set()
        self.constants = set()

    def closure(self, name, seen=None):
        """The file and all hand-written files that it reads, transitively."""
        seen = set() if seen is None else seen
        if name not in seen:
            seen.add(name)
            for included in self.includes.get(name, ()):
                self.closure(included, seen)
        return seen


def read(folder):
    hand = Hand()
    for base, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.endswith((".h", ".hpp", ".tmh")) or "." not in file:
                path = os.path.join(base, file)
                name = os.path.relpath(path, folder).replace(os.sep, "/")
                with open(path, encoding="utf-8") as stream:
                    hand.texts[name] = stream.read()
    for name, text in hand.texts.items():
        index(hand, name, text)
    return hand


CPLUSPLUS = re.compile(r"^#\s*ifdef __cplusplus\n(.*?)(?:^#\s*else[^\n]*\n(.*?))?^#\s*endif", re.M | re.S)
DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)
DIRECTIVE = re.compile(r"^[ \t]*#[^\n]*$", re.M)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
ANNOTATION = re.compile(r"\b(?:_[A-Z]\w*_|__declspec|__attribute__|DECLSPEC_\w+)\s*\((?:[^()]|\([^()]*\))*\)")
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\w+|[^\s\w]')


def index(hand, name, text):
    text = COMMENT.sub(" ", text).replace("\\\n", " ")
    hand.includes[name] = [i.lower() for i in INCLUDE.findall(text)]
    for macro in DEFINE.findall(text):
        hand.macros.add(macro)
        hand.owner.setdefault(macro, name)
    text = CPLUSPLUS.sub(lambda m: m.group(2) or "", text)
    text = ANNOTATION.sub(" ", DIRECTIVE.sub(" ", text))
    for statement in statements(TOKEN.findall(text)):
        declare(hand, name, statement)


def statements(tokens):
    """Top-level statements as token lists; bodies of functions end a statement like a semicolon does."""
    current, depth = [], 0
    for token in tokens:
        current.append(token)
        if token in "{(":
            depth += 1
        elif token in "})":
            depth -= 1
            if token == "}" and depth == 0 and current[0] not in ("typedef", "struct", "union", "enum", "extern"):
                yield current
                current = []
        elif token == ";" and depth == 0:
            yield current
            current = []


def declare(hand, name, tokens):
    def own(kind, word):
        kind.add(word)
        hand.owner.setdefault(word, name)

    for i, token in enumerate(tokens[:-2]):
        if token in ("struct", "union", "enum"):
            # An opening brace follows the tag, perhaps after an annotation or a base class.
            if re.match(r"\w", tokens[i + 1]) and tokens[i + 2] in ("{", ":"):
                own(hand.tags, tokens[i + 1])
            if token == "enum":
                open_brace = i + 1 if tokens[i + 1] == "{" else i + 2
                if tokens[open_brace] == "{":
                    for constant in enumerators(tokens, open_brace):
                        own(hand.constants, constant)
    if tokens[0] == "typedef":
        for word in typedef_names(tokens):
            own(hand.types, word)
        return
    depth = 0
    for i, token in enumerate(tokens):
        if token == "{":
            return
        if token == "(" and depth == 0 and i > 0 and re.match(r"[A-Za-z_]\w*$", tokens[i - 1]):
            hand.owner.setdefault(tokens[i - 1], name)
            return
    if tokens[0] == "extern":
        for before, token in zip(tokens, tokens[1:]):
            if token in (",", ";", "[") and re.match(r"[A-Za-z_]", before):
                hand.owner.setdefault(before, name)


def enumerators(tokens, i):
    fresh, depth = True, 0
    for token in tokens[i + 1:]:
        if token == "}" and depth == 0:
            return
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
        elif token == "," and depth == 0:
            fresh = True
        elif fresh:
            yield token
            fresh = False


def typedef_names(tokens):
    depth, names = 0, []
    flat = []
    for i, token in enumerate(tokens):
        if token in "{[":
            depth += 1
        if depth == 0:
            flat.append(token)
        if token in "}]":
            depth -= 1
    # A function or pointer to function: (… *NAME)( or NAME(.
    for i, token in enumerate(flat):
        if token == "(":
            if re.match(r"[A-Za-z_]", flat[i - 1]) and i > 1:
                inner = flat[i + 1:flat.index(")", i)] if ")" in flat[i:] else []
                if "*" in inner and flat[flat.index(")", i) + 1:flat.index(")", i) + 2] == ["("]:
                    return [inner[-1]]
                return [flat[i - 1]]
            inner = flat[i + 1:flat.index(")", i)]
            return [inner[-1]] if inner else []
    for before, token in zip(flat, flat[1:]):
        if token in (",", ";") and re.match(r"[A-Za-z_]", before):
            names.append(before)
    return names
