"""The documented declarations: the ddi-*.tsv files as entities."""
import functools
import os
import re

NAME = re.compile(r"[A-Za-z_]\w*$")
# Words that appear in types and mean nothing on our target.
NOISE = {"IN", "OUT", "OPTIONAL", "EXPORT", "WINAPI", "NTAPI", "WSKAPI", "FLTAPI", "HBA_API", "STORPORT_API", "SEC_ENTRY",
         "typedef", "__stdcall", "APIENTRY", "CALLBACK", "CONST", "VOID", "__RPC_FAR", "FAR", "__volatile", "UNALIGNED",
         "__unaligned", "NTKERNELAPI", "NTSYSAPI", "__bitmask", "DECLSPEC_ALIGN", "KSDDKAPI", "DDKAPI", "POINTER_ALIGNMENT", "POINTER_ALIGN",
          "_In_", "_Out_"}
REPLACED = {"CONST": "const", "VOID": "void", "__volatile": "volatile"}


class Entity:
    """A declaration. kind: struct, enum, callback or function. header: its owner. name: what it is known by.
    names: (type name, pointer depth) of its typedefs. body: members, constants or (result, parameters)."""

    __slots__ = ("kind", "header", "tag", "name", "names", "body", "union", "pointer", "levels")

    def __init__(self, kind, header, tag, name, names, body):
        self.kind, self.header, self.tag, self.name, self.names, self.body = kind, header, tag, name, names, body
        self.union = False
        self.pointer = False
        self.levels = ("", "")


class Facts:
    def __init__(self):
        self.structs, self.enums, self.callbacks, self.functions = [], [], [], []
        self.aliases = {}


def rows(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8") as stream:
        lines = stream.read().split("\n")
    lines = [line for line in lines if line and not line.startswith("#")]
    for line in lines[1:]:
        cells = line.split("\t")
        yield [cell.strip() for cell in cells] + [""] * (6 - len(cells))


@functools.lru_cache(maxsize=None)
def clean_type(text):
    """A type without noise words: tokens joined by blanks, or "" when it is no type."""
    text = re.sub(r"\[[^\]]*\]", " *", text)
    words = []
    for word in re.findall(r"\w+|\*|\S", text):
        if word in NOISE:
            word = REPLACED.get(word, "")
        if word:
            if not re.match(r"[\w*]+$", word) or word[0].isdigit():
                return ""
            words.append(word)
    return " ".join(words)


def parameters(text):
    """[(type, name)], with "..." as the type of a variable part."""
    result, used = [], set()
    for part in filter(None, text.split("; ")):
        _, kind, name = (part.split("|") + ["", ""])[:3]
        if kind == "...":
            result.append(("...", ""))
            continue
        array = name.endswith("[]")
        name = name.rstrip("[]")
        kind = clean_type(kind)
        if not kind:
            kind = "void *"
        if kind == "void":
            if not name or len(text.split("; ")) == 1:
                continue
            kind = "void *"
        if array:
            kind += " *"
        if not NAME.match(name) or name in used or name in ("void", "default", "register", "class", "template"):
            name = ""
        used.add(name)
        result.append((kind, name))
    return [] if [kind for kind, _ in result] == ["void"] else result


def typedef_list(text):
    depths = {}
    for part in text.split(","):
        part = part.strip()
        name = part.lstrip("* ")
        if NAME.match(name):
            depth = len(part) - len(part.lstrip("*"))
            choose = max if name.startswith("P") else min
            depths[name] = choose(depths.get(name, depth), depth)
    return list(depths.items())


# Interfaces of user-mode drivers and of printing: no kernel driver reads them.
USER_MODE = {"rilapitypes.h", "oemrilapitypes.h", "iddcx.h", "pointofservicedriverinterface.h",
             "pointofservicecommontypes.h", "prntfont.h", "winppi.h", "umdprovider.h", "hbaapi.h", "tcpxcv.h", "icm.h",
             "netdispumdddi.h", "upssvc.h", "wdfcompanion.h", "wdfcompaniontarget.h", "kcom.h", "smclib.h", "msviddrv.h"}


def usable(header):
    return header.endswith(".h") and re.match(r"[\w.]+$", header) and header not in USER_MODE


def read(folder):
    facts = Facts()
    for header, kind, tag, names, members, _ in rows(folder, "ddi-structs.tsv"):
        header = header.lower()
        names = typedef_list(names)
        tag = tag.split(",")[0].strip()
        plain = [name for name, depth in names if depth == 0]
        if not NAME.match(tag):
            tag = "_" + plain[0] if plain else ""
        if not usable(header) or not tag:
            continue
        entity = Entity("struct", header, tag, plain[0] if plain else tag, names, members)
        entity.union = kind == "union"
        facts.structs.append(entity)
    for header, tag, names, constants, _, _ in rows(folder, "ddi-enums.tsv"):
        header = header.lower()
        names = typedef_list(names)
        plain = [name for name, depth in names if depth == 0]
        if not usable(header) or not constants:
            continue
        tag = tag if NAME.match(tag) else ""
        name = plain[0] if plain else tag or constants.split(";")[0].split("=")[0].strip()
        facts.enums.append(Entity("enum", header, tag, name, names, constants))
    levels = {}
    for name, kind, _, low, high, note in rows(folder, "ddi-irql.tsv"):
        # A range that holds only under conditions is no promise that the upper end is real.
        if kind == "callback" and not (note and low != high):
            levels[name] = (low, high)
    for header, name, pointer, result, text, _ in rows(folder, "ddi-callbacks.tsv"):
        header = header.lower()
        if not usable(header) or not NAME.match(name):
            continue
        kind = clean_type(result) or "void"
        if name.startswith("Wdf"):  # The framework's own functions, listed as callbacks.
            facts.functions.append(Entity("function", header, name, name, [], (kind, parameters(text))))
            continue
        entity = Entity("callback", header, name, name, [(pointer, 1)] if NAME.match(pointer) else [], None)
        if result.rstrip().endswith("*") and re.search(r"WSKAPI|WINAPI", result):
            entity.pointer = True
            kind = kind.rstrip("* ")
        if pointer == name:
            entity.pointer, entity.names = True, []
        entity.body = (kind, parameters(text))
        entity.levels = levels.get(name, levels.get(pointer, ("", "")))
        facts.callbacks.append(entity)
    for header, name, result, text, _, _ in rows(folder, "ddi-functions.tsv"):
        header = header.lower()
        if usable(header) and NAME.match(name):
            kind = clean_type(result) or "void"
            facts.functions.append(Entity("function", header, name, name, [], (kind, parameters(text))))
    for pointer, function, _, _, _, _ in rows(folder, "ddi-aliases.tsv"):
        facts.aliases[pointer] = function
    return facts
