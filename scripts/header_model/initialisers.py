"""Bodies for the framework's initialisers (WDF_..._INIT): clear the structure, set its size, store the arguments.

The analysis needs them: they are how a driver's callbacks get into a configuration.
"""
import re

MEMBER = re.compile(r"0\|([^|]*)\|(\w+)[^|]*\|")


def applies(function):
    return re.match(r"WDF_[A-Z0-9_]+_INIT", function.name) and function.body[1]


def body(function, structure):
    """The statements, or "" when the function's first parameter is not a pointer to the structure it names."""
    parameters = [name for _, name in function.body[1]]
    if not all(parameters):
        return ""
    members = {name.lower(): (name, kind) for kind, name in MEMBER.findall(structure.body + ";")}
    target = parameters[0]
    lines = ["RtlZeroMemory(%s, sizeof(*%s));" % (target, target)]
    if "size" in members:
        lines.append("%s->Size = sizeof(*%s);" % (target, target))
    for kind, name in function.body[1][1:]:
        if name.lower() not in members:
            continue
        member, wanted = members[name.lower()]
        # Strings and identifiers are passed by address and kept by value.
        by_address = kind in ("P" + wanted, "PC" + wanted, "LP" + wanted, "LPC" + wanted) or \
            kind.replace("const ", "") == wanted + " *"
        if by_address:
            lines.append("if (%s) {\n%s->%s = *%s;\n}" % (name, target, member, name))
        else:
            lines.append("%s->%s = %s;" % (target, member, name))
    if function.name.endswith("_DEFAULT_QUEUE") and "defaultqueue" in members:
        lines.append("%s->DefaultQueue = 1;" % target)
    return "\n".join(lines)
