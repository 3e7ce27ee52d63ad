// Activates the extension with stand-ins for VS Code and its language client: which server does it start, when does it
// stop, what does it say when that cannot start?   usage: activate.js EXTENSION.JS
const assert = require("assert");
const Module = require("module");

const settings = { path: "/opt/nmrcheck", arguments: ["-p", "build"] };
const started = [];
const messages = [];
const commands = new Map();
let broken = false;

class LanguageClient {
  constructor(id, name, server, client) {
    Object.assign(this, { id, server, client, running: false });
  }
  async start() {
    if (broken) throw new Error("spawn /opt/nmrcheck ENOENT");
    this.running = true;
    started.push(this);
  }
  async stop() {
    this.running = false;
  }
}
const vscode = {
  workspace: {
    getConfiguration: (section) => (assert.strictEqual(section, "nmrcheck"), { get: (key) => settings[key] }),
    createFileSystemWatcher: (glob) => ({ glob }),
  },
  window: { showErrorMessage: (text) => messages.push(text) },
  commands: { registerCommand: (name, run) => (commands.set(name, run), { dispose() {} }) },
};
const load = Module._load;
Module._load = (request, ...rest) =>
  request === "vscode" ? vscode : request === "vscode-languageclient/node" ? { LanguageClient } : load(request, ...rest);

async function main() {
  const extension = require(process.argv[2]);
  const package_ = require(require("path").join(require("path").dirname(process.argv[2]), "package.json"));
  const context = { subscriptions: [] };

  await extension.activate(context);
  assert.strictEqual(started.length, 1);
  assert.strictEqual(started[0].server.command, "/opt/nmrcheck");
  assert.deepStrictEqual(started[0].server.args, ["lsp", "-p", "build"]);
  assert.deepStrictEqual(started[0].client.documentSelector.map((s) => s.language), ["c", "cpp"]);
  for (const { command } of package_.contributes.commands) assert(commands.has(command), command);
  await commands.get("nmrcheck.restart")();
  assert.strictEqual(started.length, 2);
  assert(!started[0].running && started[1].running);
  await extension.deactivate();
  assert(!started[1].running);
  broken = true;
  await commands.get("nmrcheck.restart")();
  assert(messages.length === 1 && messages[0].includes("nmrcheck.path"), messages);
  console.log("vscode: all checks passed");
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
