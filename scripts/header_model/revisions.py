"""NDIS names a revision and a size for each structure with an NDIS_OBJECT_HEADER; here every size is the whole one."""
import re

HEADERS = {"ndis.h", "ntddndis.h"}
LAST = 4
# Structures that have grown more often.
LATER = {"NDIS_OFFLOAD": 9, "NDIS_OFFLOAD_PARAMETERS": 6, "NDIS_TCP_CONNECTION_OFFLOAD": 5}


def macros(header, entities):
    if header not in HEADERS:
        return ""
    lines = []
    for entity in entities:
        if entity.kind != "struct" or not re.search(r"\|NDIS_OBJECT_HEADER\|", entity.body):
            continue
        name = entity.name
        short = name[5:] if name.startswith("NDIS_") else name
        for revision in range(1, LATER.get(name, LAST) + 1):
            lines.append("#define %s_REVISION_%d %d" % (name, revision, revision))
            lines.append("#define NDIS_SIZEOF_%s_REVISION_%d sizeof(%s)" % (short, revision, name))
            if short != name:
                lines.append("#define NDIS_SIZEOF_%s_REVISION_%d sizeof(%s)" % (name, revision, name))
    return "\n".join(lines) + "\n" if lines else ""
