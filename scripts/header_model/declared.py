"""Which header to read for a name: for sources that use a name and read nothing that declares it."""
import re

from . import hand

# Looked through in this order: a name counts for the first header that has it.
FIRST = ["ntdef.h", "wdm.h", "ntddk.h", "netioddk.h", "wsk.h", "ndis.h", "fwpmk.h", "fwpsk.h", "netioapi.h", "ntifs.h",
         "fltkernel.h", "ntstrsafe.h", "ntintsafe.h", "wdf.h", "traceloggingprovider.h", "wdmsec.h", "aux_klib.h",
         "bcrypt.h", "ip2string.h", "netiodef.h", "mstcpip.h", "wmilib.h", "wmistr.h", "basetyps.h"]
# Short names, and lower-case ones, are the driver's own more often than not.
SHORTEST = 6
LOWER = re.compile("[a-z0-9_]+$")


def names(headers):
    """Sorted pairs (name, header that a driver reads for it)."""
    model = hand.Hand()
    model.texts = headers
    others = [name for name in sorted(headers) if not name.startswith("nmrcheck/") and name not in FIRST]
    owners = {}
    for name in headers:
        one = hand.Hand()
        hand.index(one, name, headers[name])
        model.includes[name] = one.includes[name]
        owners[name] = set(one.owner)
    found = {}
    for name in FIRST + others:
        if name not in headers:
            continue
        for word in set().union(*(owners.get(part, set()) for part in model.closure(name))):
            if len(word) >= SHORTEST and not LOWER.match(word) and not word.startswith(("__", "NMRCHECK")):
                found.setdefault(word, name)
    return sorted(found.items())
