"""What every type name of the documented declarations stands for."""
import re

KEYWORDS = {"const", "volatile", "struct", "union", "enum", "void", "unsigned", "signed", "char", "short", "int", "long",
            "float", "double", "__int64", "bool", "wchar_t", "_Bool"}
FIRST = {"wdm.h": 0, "ntddk.h": 1, "ntifs.h": 2, "ntddndis.h": 3, "ndis.h": 4, "wdf.h": 5}


def bare(name):
    return name.replace("_", "").upper()


class Names:
    """resolve(name) gives ("hand", file), ("entity", entity, pointer depth), ("derived", text, names needed) or None."""

    def __init__(self, hand, facts):
        self.hand = hand
        self.entities = []
        self.table = {}
        self.constants = {}
        self.loose = {}
        self.memory = {}
        self.duplicates = []
        self.aliases = facts.aliases
        functions = {f.name for f in facts.functions}
        self.type_names = {name for e in facts.structs + facts.callbacks for name, _ in e.names}
        for entity in sorted(facts.enums + facts.structs + facts.callbacks, key=self.order):
            if entity.kind == "callback" and re.search("[a-z]", entity.name):
                if entity.name not in functions:
                    self.loose.setdefault(bare(entity.name), entity)
                continue
            self.add(entity)
        self.choose_pointers(facts)

    @staticmethod
    def order(entity):
        return (FIRST.get(entity.header, 9), entity.header, entity.kind, entity.name)

    def known(self, name):
        return name in self.table or name in self.hand.types

    def add(self, entity):
        hand = self.hand
        if entity.name in hand.types or entity.name in hand.macros or entity.tag in hand.tags:
            return
        if entity.name in self.table:
            self.duplicates.append((entity.header, entity.name))
            return
        if entity.kind == "struct" and ("struct " + entity.tag) in self.table:
            entity.tag = "_nmrcheck_" + entity.name
        names = [(n, d) for n, d in entity.names if n not in hand.types and n not in hand.macros and n not in self.table]
        if entity.kind != "callback" and (entity.name, 0) not in names and not entity.names:
            names.append((entity.name, 0))
        entity.names = names
        if entity.kind == "enum":
            self.add_constants(entity)
        for name, depth in names:
            self.table[name] = (entity, depth)
        self.table.setdefault(entity.name, (entity, 0))
        if entity.kind == "struct":
            self.table["struct " + entity.tag] = (entity, 0)
        self.entities.append(entity)

    def add_constants(self, entity):
        constants = []
        for part in entity.body.split(";"):
            name, _, value = part.partition("=")
            name = name.strip()
            if not re.match(r"[A-Za-z_]\w*$", name) or name in self.constants or \
                    name in self.hand.owner or name in self.type_names:
                continue
            constants.append((name, value.strip()))
            self.constants[name] = entity
        entity.body = constants

    def choose_pointers(self, facts):
        """A callback type that is used as it stands, never through a pointer name, is a pointer type."""
        text = "\n".join(e.body for e in facts.structs if isinstance(e.body, str))
        used = set(re.findall(r"\|(\w+)\|", text))
        for entity in facts.callbacks + facts.functions:
            used.update(kind for kind, _ in entity.body[1])
        for entity in self.entities:
            if entity.kind != "callback" or entity.names or entity.pointer:
                continue
            if "P" + entity.name in used or "PFN_" + entity.name.replace("EVT_", "", 1) in used:
                continue
            entity.pointer = entity.name in used or entity.name.startswith("PFN")

    def resolve(self, name):
        if name not in self.memory:
            self.memory[name] = self.find(name)
        return self.memory[name]

    def find(self, name):
        if name in self.table:
            entity, depth = self.table[name]
            return ("entity", entity, depth)
        if name in self.hand.types:
            return ("hand", self.hand.owner[name])
        if name in self.aliases and self.known(self.aliases[name]):
            return ("derived", "typedef %s *%s;" % (self.aliases[name], name), self.aliases[name])
        for prefix, text in (("PC", "typedef const %s *%s;"), ("P", "typedef %s *%s;"), ("LP", "typedef %s *%s;"),
                             ("PP", "typedef %s **%s;"), ("PPC", "typedef const %s **%s;")):
            rest = name[len(prefix):]
            if name.startswith(prefix) and self.known(rest):
                return ("derived", text % (rest, name), rest)
        for start, instead in (("PFN_", "EVT_"), ("PFN", "EVT_"), ("PFN_", ""), ("PFN", "")):
            rest = instead + name[len(start):]
            if name.startswith(start) and self.known(rest):
                return ("derived", "typedef %s *%s;" % (rest, name), rest)
        for end in ("_HANDLER", "_CALLBACK", "_ROUTINE", "_FN"):
            if name.endswith(end) and self.known(name[:-len(end)]):
                return ("derived", "typedef %s *%s;" % (name[:-len(end)], name), name[:-len(end)])
        for start in ("PFN_", "PFN", "P", ""):
            entity = self.loose.get(bare(name[len(start):])) if name.startswith(start) else None
            if entity:
                return ("loose", entity, name[len(start):] if start else name)
        return None
