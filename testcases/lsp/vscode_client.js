// The protocol library of VS Code as a client: it refuses what is not LSP. Opens a bad file, pulls its diagnostics, edits,
// pulls again.   usage: vscode_client.js PROGRAM FOLDER   (NODE_PATH holds vscode-languageserver-protocol)
const assert = require("assert");
const fs = require("fs");
const path = require("path");
const { spawn } = require("child_process");
const { pathToFileURL } = require("url");
const lsp = require("vscode-languageserver-protocol/node");

const [program, folder] = process.argv.slice(2);
const file = path.join(folder, "driver.c");
const uri = pathToFileURL(file).href;
const text = fs.readFileSync(file, "utf8");
const mended = text.replace(
  "NmrDeregisterClient(sample_handle);",
  "if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);"
);

async function main() {
  const server = spawn(program, ["lsp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const connection = lsp.createProtocolConnection(
    new lsp.StreamMessageReader(server.stdout),
    new lsp.StreamMessageWriter(server.stdin)
  );
  const errors = [];
  const pushed = new Map();
  connection.onError((error) => errors.push(error));
  connection.onUnhandledNotification((message) => errors.push(message));
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => pushed.set(p.uri, p.diagnostics));
  connection.onRequest(lsp.WorkDoneProgressCreateRequest.type, () => {});
  connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => {});
  connection.onProgress(lsp.WorkDoneProgress.type, "nmrcheck/first", () => {});
  connection.listen();

  const initialized = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "driver" }],
    capabilities: {
      window: { workDoneProgress: true },
      workspace: { diagnostics: { refreshSupport: true } },
      textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } },
    },
  });
  assert(initialized.capabilities.diagnosticProvider.interFileDependencies);
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "c", version: 1, text },
  });

  const pull = () => connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri } });
  const first = await pull();
  assert.strictEqual(first.kind, lsp.DocumentDiagnosticReportKind.Full);
  assert(first.items.every((d) => lsp.Diagnostic.is(d)));
  assert.deepStrictEqual(first.items.map((d) => d.code), ["nmr-missing-wait"]);

  const actions = await connection.sendRequest(lsp.CodeActionRequest.type, {
    textDocument: { uri },
    range: first.items[0].range,
    context: { diagnostics: first.items },
  });
  assert(actions.length > 0 && actions.every((a) => lsp.CodeAction.is(a)));
  const hover = await connection.sendRequest(lsp.HoverRequest.type, {
    textDocument: { uri },
    position: first.items[0].range.start,
  });
  assert(lsp.Hover.is(hover));

  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: mended }],
  });
  assert.deepStrictEqual((await pull()).items, []);

  const source = new lsp.CancellationTokenSource();
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 3 },
    contentChanges: [{ text }],
  });
  const cancelled = connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri } }, source.token);
  source.cancel();
  await assert.rejects(cancelled, (e) => e.code === lsp.LSPErrorCodes.RequestCancelled);

  await connection.sendRequest(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  const code = await new Promise((resolve) => server.on("exit", resolve));
  assert.strictEqual(code, 0);
  assert.deepStrictEqual(errors, []);
  assert([...pushed.values()].every((d) => d.length === 0), "pushed to a client that pulls");
  console.log("vscode client: all checks passed");
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
