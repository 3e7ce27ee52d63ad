"""The generated part of each header: the declarations that it owns and, before them, what these need."""
import re

from . import hand as handmade
from . import initialisers, revisions
from .ddi import clean_type
from .names import KEYWORDS, Names

LEVELS = {"PASSIVE": "PASSIVE_LEVEL", "APC": "APC_LEVEL", "DISPATCH": "DISPATCH_LEVEL", "DIRQL": "DIRQL",
          "HIGH": "HIGH_LEVEL"}
WORD = re.compile(r"[A-Za-z_]\w*")
MEMBER = re.compile(r"(\**)\s*([A-Za-z_]\w*)\s*((?:\[[^\]]*\]\s*)*)$")
DEFAULT_INCLUDE = "ntddk.h"


class Header:
    """One header in the making. items: (key, text) in order; key names what a second header may emit, too."""

    def __init__(self, model, name):
        self.model, self.name = model, name
        self.items, self.done, self.active = [], set(), set()
        self.extra = []
        self.provided = set()
        for file in sorted(model.closure(name) - {name}):
            self.provided |= model.header(file).done
        self.own()

    # What the header declares.
    def own(self):
        model = self.model
        for entity in model.owned.get(self.name, ()):
            self.entity(entity, True)
        for name in model.borrowed.get(self.name, ()):
            self.type_name(name, True)
        for function in model.functions.get(self.name, ()):
            if function.name in model.hand.owner or ("function", function.name) in self.provided | self.done:
                continue
            result, parameters = model.signature.get(function.name, function.body)
            if self.initialiser(function):
                continue
            self.put(("function", function.name), "%s %s(%s);" % (self.use(result), function.name,
                                                                 self.parameters(parameters)))

    def initialiser(self, function):
        if not initialisers.applies(function):
            return False
        kind = function.body[1][0][0]
        found = self.model.names.resolve(kind)
        if not found or found[0] != "entity" or found[1].kind != "struct" or found[2] != 1:
            return False
        body = initialisers.body(function, found[1])
        if not body or not self.entity(found[1], True):
            return False
        self.put(("function", function.name), "static inline %s %s(%s)\n{\n%s\n}" % (
            self.use(function.body[0]), function.name, self.parameters(function.body[1]), body))
        return True

    def put(self, key, text):
        self.done.add(key)
        self.items.append((key, text))

    def has(self, key):
        return key in self.done or key in self.provided

    def parameters(self, parameters):
        texts = []
        for kind, name in parameters:
            texts.append("..." if kind == "..." else (self.use(kind) + " " + name).strip())
        if texts == ["..."]:
            return ""
        return ", ".join(texts) or "void"

    # Types.
    def use(self, text, complete=False):
        """Declares what a type needs and returns its text; a type that cannot be known becomes void *."""
        pointer = "*" in text
        out, tagged = [], ""
        for word in text.split():
            if word in ("struct", "union", "enum"):
                tagged = word
                continue
            if tagged:
                out.append(self.tagged(tagged, word, complete and not pointer))
                tagged = ""
            elif word == "*" or word in KEYWORDS:
                out.append(word)
            else:
                if not self.type_name(word, complete and not pointer):
                    return "void *"
                out.append(word)
        return " ".join(out)

    def tagged(self, kind, tag, complete):
        table = self.model.names.table
        known = table.get("struct " + tag) or table.get("struct _" + tag)
        if not known and tag in self.model.hand.tags:
            self.need_file(self.model.hand.owner[tag])
        elif not known and complete:
            return "ULONG_PTR"
        if known and kind != "enum":
            self.entity(known[0], complete)
            return ("union " if known[0].union else "struct ") + known[0].tag
        return kind + " " + tag if kind != "enum" else "int"

    def type_name(self, name, complete):
        found = self.model.names.resolve(name)
        if found is None:
            return self.opaque(name)
        if found[0] == "hand":
            return self.need_file(found[1])
        if found[0] == "entity":
            entity, depth = found[1], found[2]
            return self.entity(entity, complete and depth == 0)
        if self.has(("type", name)):
            return True
        if found[0] == "loose":
            entity, base = found[1], found[2]
            self.put(("type", name), "")
            result, parameters = entity.body
            text = "typedef %s %s(%s);" % (self.use(result), base, self.parameters(parameters))
            if base != name:
                text += "\ntypedef %s *%s;" % (base, name)
            else:
                text = "typedef %s (*%s)(%s);" % (self.use(result), base, self.parameters(parameters))
            self.put(("type", name), text)
            return True
        if not self.type_name(found[2], False):
            return False
        self.put(("type", name), found[1])
        return True

    def opaque(self, name):
        """A name that nothing declares: a pointer to something unknown, or something of a machine word."""
        if not re.match(r"[A-Z][A-Z0-9_]+$", name) or name in self.model.hand.macros:
            return False
        if not self.has(("type", name)):
            self.model.guesses.add("unknown type " + name + " in " + self.name)
            if name.startswith("P") or name.startswith("LP"):
                text = "typedef struct _%s *%s;" % (name[1:], name)
            else:
                text = "typedef ULONG_PTR %s;" % name
            self.put(("type", name), text)
        return True

    def need_file(self, file):
        """Reads a hand-written file, too; False when that one reads this header, so that it comes too late."""
        if file in self.model.closure(self.name) or file in self.extra:
            return True
        if self.name in self.model.closure(file):
            self.model.guesses.add("%s comes too late for %s" % (file, self.name))
            return False
        self.extra.append(file)
        return True

    # Entities.
    def entity(self, entity, complete):
        if entity.kind == "struct":
            forward = ("forward", entity.name)
            if not self.has(forward):
                names = ", ".join("*" * depth + name for name, depth in entity.names)
                kind = "union" if entity.union else "struct"
                self.put(forward, "typedef %s %s %s;" % (kind, entity.tag, names) if names
                         else "%s %s;" % (kind, entity.tag))
            key = ("struct", entity.name)
            if complete and not self.has(key):
                if key in self.active:
                    return False
                self.active.add(key)
                text = self.struct(entity)
                self.active.discard(key)
                self.put(key, text)
            return True
        key = (entity.kind, entity.name)
        if self.has(key):
            return True
        if entity.kind == "enum":
            self.put(key, self.enum(entity))
            return True
        if key in self.active:
            return False
        self.active.add(key)
        result, parameters = entity.body
        pattern = "%stypedef %s (*%s)(%s);" if entity.pointer else "%stypedef %s %s(%s);"
        text = pattern % (self.levels(entity), self.use(result), entity.name, self.parameters(parameters))
        for name, _ in entity.names:
            if name != entity.name:
                text += "\ntypedef %s *%s;" % (entity.name, name)
        self.active.discard(key)
        self.put(key, text)
        return True

    @staticmethod
    def levels(entity):
        low, high = (LEVELS.get(level, "") for level in entity.levels)
        if low == high and low not in ("", "PASSIVE_LEVEL", "DIRQL", "HIGH_LEVEL"):
            return "_IRQL_requires_(%s) " % low
        text = ""
        if low not in ("", "PASSIVE_LEVEL"):
            text += "_IRQL_requires_min_(%s) " % low
        if high not in ("", "HIGH_LEVEL", "DIRQL"):
            text += "_IRQL_requires_max_(%s) " % high
        return text

    def enum(self, entity):
        seen, parts = set(), []
        for name, value in entity.body:
            words = WORD.findall(re.sub(r"0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*", "", value))
            if value and all(word in seen for word in words) and re.match(r"[\w\s()<>|+*~-]+$", value):
                parts.append("%s = %s" % (name, value))
            else:
                parts.append(name)
            seen.add(name)
        names = ", ".join("*" * depth + name for name, depth in entity.names)
        if not parts:
            return "typedef int %s;" % names
        return "%senum %s { %s } %s;" % ("typedef " if names else "", entity.tag, ", ".join(parts), names)

    def struct(self, entity):
        lines, scopes = [], [set()]
        self.skip = 0
        for member in filter(None, re.split(r"; ?", entity.body)):
            cells = member.split("|")
            if len(cells) < 4:
                self.model.guesses.add("member %r of %s" % (member, entity.name))
                continue
            kind, name, bits = cells[1].strip(), cells[2].strip(), cells[3].strip()
            if bits == "begin" and kind in ("struct", "union"):
                lines.append(kind + " {")
                scopes.append(set())
            elif kind == "end" and len(scopes) > 1:
                inner = scopes.pop()
                names = MEMBER.match(name)
                if lines[-1].endswith("{"):
                    lines.append("ULONG Empty;")
                if names and not names.group(2).startswith("DUMMY") and names.group(2) not in scopes[-1]:
                    scopes[-1].add(names.group(2))
                    lines.append("} %s%s;" % (names.group(2), self.dimensions(names.group(3))))
                elif inner & scopes[-1]:
                    lines.append("} nmrcheck_%d;" % len(lines))
                else:
                    scopes[-1] |= inner
                    lines.append("};")
            else:
                line = self.member(kind, name, bits, scopes[-1])
                if line:
                    lines.append(line)
                else:
                    self.model.guesses.add("member %r of %s" % (member, entity.name))
        lines += ["};"] * (len(scopes) - 1)
        if not lines:
            lines = ["ULONG_PTR Opaque;"]
        return "%s %s {\n%s\n};" % ("union" if entity.union else "struct", entity.tag, "\n".join(lines))

    def member(self, kind, name, bits, scope):
        match = MEMBER.match(name)
        if not match or match.group(2) in scope or match.group(2) in KEYWORDS:
            return ""
        stars, word, dimensions = match.groups()
        scope.add(word)
        kind = clean_type(kind)
        if bits:
            width = bits.lstrip(": ")
            if not width.isdigit() or not kind or "*" in kind:
                width = ""
            bits = " : " + width if width else ""
        text = self.use((kind + " " + " ".join(stars)).strip(), True) if kind else "void *"
        if text in ("void", "", "const"):
            text = "void *"
        if bits and text == "void *":
            text = "ULONG"
        return "%s %s%s%s;" % (text, word, self.dimensions(dimensions), bits)

    def dimensions(self, text):
        out = ""
        for inside in re.findall(r"\[([^\]]*)\]", text or ""):
            words = WORD.findall(re.sub(r"0[xX][0-9a-fA-F]+|\d+[uUlL]*", "", inside))
            good = bool(inside.strip()) and inside.strip() != "0" and re.match(r"[\w\s()+*/<-]+$", inside)
            for word in words:
                owner = self.model.hand.owner.get(word)
                if owner and word not in self.model.hand.types:
                    self.need_file(owner)
                elif word in self.model.names.constants:
                    self.entity(self.model.names.constants[word], True)
                else:
                    good = False
                    self.model.guesses.add("dimension %s in %s" % (word, self.name))
            out += "[%s]" % (inside.strip() if good else "1")
        return out


class Nothing:
    """A header with nothing generated, or one that is still in the making."""

    done, items, extra = frozenset(), (), ()


class Model:
    def __init__(self, hand, facts, names, extra):
        self.hand, self.names, self.extra = hand, names, extra
        self.guesses = set()
        self.owned, self.borrowed, self.functions, self.signature = {}, {}, {}, {}
        for entity in self.names.entities:
            self.owned.setdefault(entity.header, []).append(entity)
        for header, name in self.names.duplicates:
            self.borrowed.setdefault(header, []).append(name)
        for function in facts.functions:
            if not names.known(function.name):
                self.functions.setdefault(function.header, []).append(function)
                self.signature.setdefault(function.name, function.body)
        self.files = sorted(set(hand.texts) | set(self.owned) | set(self.functions) | set(self.borrowed))
        self.memory, self.closures, self.working = {}, {}, set()

    def includes(self, name):
        listed = list(self.hand.includes.get(name, ())) if name in self.hand.texts else [DEFAULT_INCLUDE]
        return listed + self.extra.get(name, [])

    def closure(self, name):
        if name not in self.closures:
            seen, todo = set(), [name]
            while todo:
                file = todo.pop()
                if file not in seen:
                    seen.add(file)
                    todo += self.includes(file)
            self.closures[name] = seen
        return self.closures[name]

    def generates(self, name):
        return name not in self.hand.texts or handmade.MARK in self.hand.texts[name]

    def header(self, name):
        if not self.generates(name) or name in self.working:
            return Nothing
        if name not in self.memory:
            self.working.add(name)
            self.memory[name] = Header(self, name)
            self.working.discard(name)
        return self.memory[name]


def headers(hand, facts):
    """All headers' texts by name, and the list of guesses."""
    extra, names = {}, Names(hand, facts)
    while True:
        model = Model(hand, facts, names, extra)
        found = False
        for name in model.files:
            more = model.header(name).extra
            if more:
                extra.setdefault(name, []).extend(more)
                found = True
        if not found:
            break
    count = {}
    for name in model.files:
        for key in {key for key, text in model.header(name).items if text}:
            count[key] = count.get(key, 0) + 1
    result = {}
    for name in model.files:
        body = generated(model, name, count) if model.generates(name) else ""
        if name in hand.texts:
            text = hand.texts[name].replace(handmade.MARK, body)
        else:
            guard = "NMRCHECK_" + re.sub(r"\W", "_", name).upper()
            text = '#ifndef %s\n#define %s\n#include "%s"\n%s#endif\n' % (guard, guard, DEFAULT_INCLUDE, body)
        result[name] = text if text.endswith("\n") else text + "\n"
    return result, model.guesses


def generated(model, name, count):
    lines = ['#include "%s"\n' % file for file in model.extra.get(name, ())]
    items = [(key, text) for key, text in model.header(name).items if text]
    if not items:
        return "".join(lines)
    lines.append('#ifdef __cplusplus\nextern "C" {\n#endif\n')
    for key, text in items:
        if count[key] > 1 and key[0] in ("struct", "enum", "callback"):
            lines.append("#ifndef NMRCHECK_HAS_%s\n#define NMRCHECK_HAS_%s\n%s\n#endif\n" % (key[1], key[1], text))
        else:
            lines.append(text + "\n")
    lines.append("#ifdef __cplusplus\n}\n#endif\n")
    lines.append(revisions.macros(name, model.owned.get(name, ())))
    return "".join(lines)
