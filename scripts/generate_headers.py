#!/usr/bin/env python3
"""Writes nmrcheck's kernel headers: hand-written parts completed by declarations generated from the DDI data.

    generate_headers.py --data rules/data --hand rules/headers --out DIR [--report]

DIR receives the headers and embedded_headers.c, which holds all of them for the program. Equal inputs give equal
outputs. --report lists on stderr what had to be guessed.
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from header_model import ddi, declared, emit, embed, hand  # noqa: E402


def write(path, text):
    """Leaves a file whose text is the same alone, but for its time: builds compare it with the inputs'."""
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                os.utime(path)
                return
    except OSError:
        pass
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="folder of the ddi-*.tsv files")
    parser.add_argument("--hand", required=True, help="folder of the hand-written headers")
    parser.add_argument("--out", required=True, help="folder to write")
    parser.add_argument("--report", action="store_true", help="list what was guessed")
    arguments = parser.parse_args()

    written = hand.read(arguments.hand)
    facts = ddi.read(arguments.data)
    headers, guesses = emit.headers(written, facts)
    for name, text in headers.items():
        write(os.path.join(arguments.out, name), text)
    write(os.path.join(arguments.out, "embedded_headers.c"), embed.source(headers, declared.names(headers)))
    if arguments.report:
        print("\n".join(sorted(guesses)), file=sys.stderr)


main()
