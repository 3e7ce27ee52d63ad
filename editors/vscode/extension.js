// Starts `nmrcheck lsp` for C and C++ and hands everything else to the language client.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("nmrcheck");
  const command = settings.get("path");
  client = new LanguageClient(
    "nmrcheck",
    "nmrcheck",
    { command, args: ["lsp", ...settings.get("arguments")] },
    {
      documentSelector: [{ scheme: "file", language: "c" }, { scheme: "file", language: "cpp" }],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{c,cc,cpp,cxx,h,hpp,hxx,inl}") },
    }
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`nmrcheck does not start (${error.message}); name it in the setting nmrcheck.path`);
  }
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("nmrcheck.restart", async () => {
      await client?.stop();
      await start();
    })
  );
  await start();
};

exports.deactivate = () => client?.stop();
