"""The headers as a C source file that the program carries."""


def literal(text):
    lines = []
    for line in text.split("\n")[:-1]:
        line = line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("?", "\\?")
        lines.append('"%s\\n"' % line)
    return "\n".join(lines) or '""'


def source(headers, names):
    parts = ['/* Generated: the header model. */\n#include "frontend/embedded_headers.h"\n']
    table = []
    for i, (name, text) in enumerate(sorted(headers.items())):
        if not text.endswith("\n"):
            text += "\n"
        parts.append("static const char text%d[] =\n%s;" % (i, literal(text)))
        table.append('    {"%s", text%d, sizeof(text%d) - 1},' % (name, i, i))
    parts.append("const struct nc_embedded_header nc_embedded_headers[] = {\n%s\n};" % "\n".join(table))
    parts.append("const size_t nc_embedded_header_count = %d;" % len(table))
    parts.append("const struct nc_embedded_name nc_embedded_names[] = {\n%s\n};"
                 % "\n".join('    {"%s", "%s"},' % pair for pair in names))
    parts.append("const size_t nc_embedded_name_count = %d;" % len(names))
    return "\n".join(parts) + "\n"
