// A test program for user mode: its framework's headers, the standard library's and windows.h are missing.
// FUNCTIONS: 5
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <winsock2.h>
#include <chrono>
#include <string>
#include <vector>
#include <iostream>
#include "catch_wrapper.hpp"
#include "api.h"

typedef struct _options {
    std::string name;
    std::vector<uint8_t> data;
    DWORD flags;
} options;

static bool parse(int argc, char **argv, options &out)
{
    for (int i = 1; i < argc; i++) {
        std::string arg = argv[i];
        if (arg == "--name" && i + 1 < argc)
            out.name = argv[++i];
        else if (arg.substr(0, 2) == "--")
            std::cerr << "unknown " << arg << std::endl;
        else
            out.data.push_back((uint8_t)arg[0]);
    }
    return !out.name.empty();
}

static HANDLE open_device(const wchar_t *path)
{
    HANDLE h = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (h == INVALID_HANDLE_VALUE)
        printf("failed: %lu\n", GetLastError());
    return h;
}

TEST_CASE("register", "[nmr]")
{
    HANDLE h = open_device(L"\\\\.\\x");
    REQUIRE(h != INVALID_HANDLE_VALUE);
    api_result_t r = api_register(h, [](void *context) { return ((int *)context)[0]; });
    CHECK(r == API_SUCCESS);
    CloseHandle(h);
}

static void wait_all(std::vector<HANDLE> &handles)
{
    auto until = std::chrono::steady_clock::now() + std::chrono::seconds(3);
    for (const auto &h : handles) {
        if (WaitForSingleObject(h, INFINITE) != WAIT_OBJECT_0)
            throw std::runtime_error("wait");
        CloseHandle(h);
    }
    handles.clear();
    if (std::chrono::steady_clock::now() > until)
        std::cout << "late";
}

int main(int argc, char **argv)
{
    options o = {};
    std::vector<HANDLE> handles;
    if (!parse(argc, argv, o))
        return 1;
    handles.push_back(open_device(L"x"));
    wait_all(handles);
    return 0;
}
