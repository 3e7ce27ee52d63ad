-- Neovim's own LSP client: opens a bad file, sees the diagnostic, edits, sees it go, breaks it again by undo.
-- Runs headless in a folder with driver.c; NMRCHECK names the program.
local function fail(text)
  print("neovim: FAIL: " .. text .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, condition)
  if not vim.wait(30000, condition, 50) then
    fail(what)
  end
end

vim.cmd("edit driver.c")
vim.bo.filetype = "c"
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "nmrcheck",
  cmd = { vim.env.NMRCHECK, "lsp" },
  root_dir = vim.fn.getcwd(),
  workspace_folders = { { name = "driver", uri = vim.uri_from_fname(vim.fn.getcwd()) } },
})
if not client or not vim.lsp.buf_attach_client(buffer, client) then
  fail("the client does not start")
end

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, (diagnostic.code or diagnostic.user_data.lsp.code) .. ":" .. diagnostic.lnum + 1)
  end
  return table.concat(found, " ")
end

local line = vim.fn.search("NmrDeregisterClient(sample_handle);")
local old = vim.fn.getline(line)
local expected = "nmr-missing-wait:" .. line
wait_for("no diagnostic on line " .. line, function() return codes() == expected end)

vim.fn.setline(line, "    if (NmrDeregisterClient(sample_handle) == STATUS_PENDING)")
vim.fn.append(line, "        NmrWaitForClientDeregisterComplete(sample_handle);")
wait_for("the diagnostic stays after the edit: " .. codes(), function() return codes() == "" end)

vim.fn.deletebufline(buffer, line + 1)
vim.fn.setline(line, old)
wait_for("the diagnostic does not come back", function() return codes() == expected end)

vim.lsp.stop_client(client)
print("neovim: all checks passed\n")
vim.cmd("qall!")
