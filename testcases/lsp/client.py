#!/usr/bin/env python3
"""A strict LSP client for tests: talks to `nmrcheck lsp` over stdio and checks what it answers.

usage: client.py PROGRAM FOLDER    FOLDER holds driver.c, a driver whose only defect is nmr-missing-wait
"""
import json
import os
import subprocess
import sys
import threading
import queue

program, folder = sys.argv[1], os.path.abspath(sys.argv[2])
path = os.path.join(folder, "driver.c")
uri = "file://" + path
good_call = "if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);"


class Server:
    def __init__(self):
        self.process = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self.messages = queue.Queue()
        self.next_id = 100
        self.kept = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        out = self.process.stdout
        while True:
            headers = {}
            while True:
                line = out.readline()
                if not line:
                    self.messages.put(None)
                    return
                if line == b"\r\n":
                    break
                assert line.endswith(b"\r\n"), line
                name, value = line[:-2].split(b": ", 1)
                headers[name.lower()] = value
            body = out.read(int(headers[b"content-length"]))
            message = json.loads(body.decode("utf-8"))
            assert message["jsonrpc"] == "2.0", message
            self.messages.put(message)

    def send_raw(self, body):
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def send(self, message):
        self.send_raw(json.dumps({"jsonrpc": "2.0", **message}).encode("utf-8"))

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def start(self, method, params):
        self.next_id += 1
        self.send({"id": self.next_id, "method": method, "params": params})
        return self.next_id

    def wait(self, wanted, seconds=30):
        """The first message that `wanted` accepts; others are kept for later waits."""
        for i, message in enumerate(self.kept):
            if wanted(message):
                return self.kept.pop(i)
        while True:
            message = self.messages.get(timeout=seconds)
            assert message is not None, "the server is gone"
            if message.get("method") == "window/workDoneProgress/create":
                self.send({"id": message["id"], "result": None})
            if wanted(message):
                return message
            self.kept.append(message)

    def request(self, method, params):
        number = self.start(method, params)
        answer = self.wait(lambda m: m.get("id") == number and "method" not in m)
        assert ("result" in answer) != ("error" in answer), answer
        return answer

    def diagnostics(self, of=uri):
        message = self.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == of)
        return message["params"]["diagnostics"]

    def open(self, text):
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "c", "version": 1, "text": text}})

    def initialize(self, **capabilities):
        self.capabilities = self.request("initialize", {
            "processId": None, "rootUri": "file://" + folder, "capabilities": capabilities,
            "workspaceFolders": [{"uri": "file://" + folder, "name": "x"}]})["result"]["capabilities"]
        self.notify("initialized", {})

    def stop(self):
        assert self.request("shutdown", None) ["result"] is None
        assert self.request("textDocument/hover", {})["error"]["code"] == -32600
        self.notify("exit", None)
        assert self.process.wait(timeout=10) == 0, "exit code"


def position_of(text, what):
    line = next(i for i, l in enumerate(text.split("\n")) if what in l)
    return {"line": line, "character": text.split("\n")[line].index(what)}


def applied(text, edits):
    """The text with LSP's edits made. (Only for text without characters of two units.)"""
    lines = text.split("\n")

    def offset(position):
        return sum(len(line) + 1 for line in lines[:position["line"]]) + position["character"]

    for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
        text = text[:offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]
    return text


def check_push(text):
    s = Server()
    assert s.request("textDocument/hover", {})["error"]["code"] == -32002
    s.initialize(window={"workDoneProgress": True})
    assert s.capabilities["positionEncoding"] == "utf-16"
    s.wait(lambda m: m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "begin")
    found = s.diagnostics()
    s.wait(lambda m: m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "end")
    s.open(text)
    found = s.diagnostics()
    assert [d["code"] for d in found] == ["nmr-missing-wait"], found
    diagnostic = found[0]
    assert diagnostic["source"] == "nmrcheck" and diagnostic["severity"] == 1
    assert diagnostic["range"]["start"] == position_of(text, "NmrDeregisterClient(sample"), diagnostic["range"]
    assert diagnostic["range"]["end"]["character"] - diagnostic["range"]["start"]["character"] == len("NmrDeregisterClient")
    assert len(diagnostic["relatedInformation"]) > 1
    assert all(r["location"]["uri"] == uri for r in diagnostic["relatedInformation"])

    # Hover shows the contract
    contents = s.request("textDocument/hover", {"textDocument": {"uri": uri},
                                                "position": diagnostic["range"]["start"]})["result"]["contents"]
    assert contents["kind"] == "markdown" and "DISPATCH_LEVEL" in contents["value"], contents
    assert s.request("textDocument/hover", {"textDocument": {"uri": uri},
                                            "position": {"line": 0, "character": 0}})["result"] is None

    # Code actions: at least the comment that allows it
    actions = s.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": diagnostic["range"],
                                                    "context": {"diagnostics": [diagnostic]}})["result"]
    assert any("nmrcheck: allow(nmr-missing-wait)" in a["edit"]["changes"][uri][0]["newText"] for a in actions), actions
    assert all(a["kind"] == "quickfix" for a in actions)
    fixes = [a for a in actions if a.get("isPreferred")]
    assert len(fixes) == 1 and "NmrWaitForClientDeregisterComplete" in fixes[0]["title"], actions
    s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2},
                                        "contentChanges": [{"text": applied(text, fixes[0]["edit"]["changes"][uri])}]})
    assert s.diagnostics() == []
    s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 3}, "contentChanges": [{"text": text}]})
    assert len(s.diagnostics()) == 1

    # Unsaved text counts: mended in the editor, then broken again, by a range edit behind a character of two units
    line = diagnostic["range"]["start"]["line"]
    old = text.split("\n")[line]
    s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 4}, "contentChanges": [
        {"range": {"start": {"line": line, "character": 4}, "end": {"line": line, "character": len(old)}},
         "text": "/* \U0001F600 */ " + good_call}]})
    assert s.diagnostics() == []
    start = 4 + len("/* ** */ ")
    s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 5}, "contentChanges": [
        {"range": {"start": {"line": line, "character": start},
                   "end": {"line": line, "character": start + len(good_call)}},
         "text": "NmrDeregisterClient(sample_handle);"}]})
    found = s.diagnostics()
    assert [d["code"] for d in found] == ["nmr-missing-wait"], found
    assert found[0]["range"]["start"] == {"line": line, "character": start}, found[0]["range"]

    # Typing: of many quick changes only the last is answered
    for version in range(6, 30):
        s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                                            "contentChanges": [{"text": text.replace("the defect", "x" * version)}]})
    s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 30}, "contentChanges": [
        {"text": text.replace("NmrDeregisterClient(sample_handle);", good_call)}]})
    assert s.diagnostics() == []

    # Closing without saving: what is on disk counts
    s.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert [d["code"] for d in s.diagnostics()] == ["nmr-missing-wait"]

    # Nonsense is answered, and survived
    assert s.request("no/such/method", {})["error"]["code"] == -32601
    s.send_raw(b"{ this is no JSON")
    assert s.wait(lambda m: m.get("id", 0) is None)["error"]["code"] == -32700
    s.notify("$/unknown", {})
    s.notify("textDocument/didChange", {"textDocument": {"uri": "file:///nowhere.c"}, "contentChanges": [{}]})
    s.stop()


def check_pull(text):
    s = Server()
    s.initialize(textDocument={"diagnostic": {}}, workspace={"diagnostics": {"refreshSupport": True}})
    s.open(text)
    answer = s.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]
    assert answer["kind"] == "full" and [d["code"] for d in answer["items"]] == ["nmr-missing-wait"], answer
    again = s.request("textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": answer["resultId"]})
    assert again["result"]["kind"] == "unchanged", again
    s.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]})
    number = s.start("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    s.notify("$/cancelRequest", {"id": number})
    assert s.wait(lambda m: m.get("id") == number and "method" not in m)["error"]["code"] == -32800
    s.wait(lambda m: m.get("method") == "workspace/diagnostic/refresh")
    s.stop()


def check_header(text):
    """The unsaved text of a header counts for what includes it, and what is on disk again when it is closed."""
    header = os.path.join(folder, "end.h")
    header_uri = "file://" + header
    bad = "#define END(h) NmrDeregisterClient(h)\n"
    good = "#define END(h) if (NmrDeregisterClient(h) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(h)\n"
    with open(header, "w", encoding="utf-8") as out:
        out.write(bad)
    s = Server()
    s.initialize()
    s.open('#include <ntddk.h>\n#include "end.h"\n' + text.replace("NmrDeregisterClient(sample_handle)", "END(sample_handle)"))
    assert [d["code"] for d in s.diagnostics()] == ["nmr-missing-wait"]
    s.notify("textDocument/didOpen", {"textDocument": {"uri": header_uri, "languageId": "c", "version": 1, "text": bad}})
    s.notify("textDocument/didChange", {"textDocument": {"uri": header_uri, "version": 2},
                                        "contentChanges": [{"text": good}]})
    assert s.diagnostics() == []
    s.notify("textDocument/didClose", {"textDocument": {"uri": header_uri}})
    assert [d["code"] for d in s.diagnostics()] == ["nmr-missing-wait"]
    s.stop()
    os.remove(header)


def check_exit_without_shutdown():
    s = Server()
    s.notify("exit", None)
    assert s.process.wait(timeout=10) == 1
    s = Server()
    s.process.stdin.close()
    assert s.process.wait(timeout=10) == 1


with open(path, encoding="utf-8") as file:
    source = file.read()
check_push(source)
check_pull(source)
check_header(source)
check_exit_without_shutdown()
print("lsp: all checks passed")
