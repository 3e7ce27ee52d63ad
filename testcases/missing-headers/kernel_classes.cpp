// C++ kernel code: templates, lambdas, constexpr, guards; the standard library's headers and the project's are missing.
// FUNCTIONS: 20
#include <wdm.h>
#include <ntddk.h>
#include <netioddk.h>
#include <type_traits>
#include <utility>
#include <memory>
#include <new>
#include "kstl/vector.h"
#include "project_types.hpp"
#include "driver.tmh"

EXTERN_C_START
DRIVER_INITIALIZE DriverEntry;
EVT_PROJECT_UNLOAD ProjectUnload;
EXTERN_C_END

namespace project {

constexpr ULONG Tag = 'Proj';
enum class State : ULONG { Idle, Running = 4, Stopped };

template <typename T> class Guard
{
  public:
    explicit Guard(T &lock) noexcept : lock_(lock) { lock_.Acquire(); }
    ~Guard() { lock_.Release(); }
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;

  private:
    T &lock_;
};

class PushLock
{
  public:
    _IRQL_requires_max_(APC_LEVEL) PushLock() { ExInitializePushLock(&lock_); }
    _IRQL_requires_max_(APC_LEVEL) _Acquires_exclusive_lock_(this->lock_) void Acquire()
    {
        KeEnterCriticalRegion();
        ExAcquirePushLockExclusive(&lock_);
    }
    void Release()
    {
        ExReleasePushLockExclusive(&lock_);
        KeLeaveCriticalRegion();
    }

  private:
    EX_PUSH_LOCK lock_;
};

template <typename F> struct Finally {
    F f;
    bool armed = true;
    ~Finally()
    {
        if (armed)
            f();
    }
};
template <typename F> Finally<F> finally(F f) { return { f }; }

class Client
{
  public:
    static NTSTATUS Create(_Outptr_ Client **client);
    NTSTATUS Register();
    void Deregister();
    PROJECT_VIRTUAL NTSTATUS Attach(HANDLE binding, PNPI_REGISTRATION_INSTANCE instance);
    State state() const { return state_; }
    void *operator new(size_t size) noexcept { return ExAllocatePool2(POOL_FLAG_NON_PAGED, size, Tag); }
    void operator delete(void *p) { ExFreePoolWithTag(p, Tag); }

  private:
    HANDLE handle_ = nullptr;
    State state_ = State::Idle;
    PushLock lock_;
    kstl::vector<ULONG> values_;
    std::unique_ptr<Settings> settings_;
    NPI_CLIENT_CHARACTERISTICS characteristics_{};
    ProjectCounter counter_;
};

static NTSTATUS NTAPI ClientAttach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    return static_cast<Client *>(context)->Attach(binding, instance);
}

static NTSTATUS NTAPI ClientDetach(PVOID)
{
    TraceInfo("detach %d", 1);
    return STATUS_SUCCESS;
}

NTSTATUS Client::Create(Client **client)
{
    auto *made = new Client;
    if (!made)
        return STATUS_NO_MEMORY;
    auto cleanup = finally([&] { delete made; });
    PROJECT_RETURN_IF_FAILED(made->Register());
    made->settings_ = std::make_unique<Settings>(3);
    made->values_.push_back(4);
    cleanup.armed = false;
    *client = made;
    return STATUS_SUCCESS;
}

NTSTATUS Client::Register()
{
    Guard<PushLock> guard(lock_);
    characteristics_.Length = sizeof(characteristics_);
    characteristics_.ClientAttachProvider = ClientAttach;
    characteristics_.ClientDetachProvider = ClientDetach;
    characteristics_.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    characteristics_.ClientRegistrationInstance.NpiId = &NPI_PROJECT_ID;
    characteristics_.ClientRegistrationInstance.ModuleId = &ProjectModuleId;
    state_ = State::Running;
    return NmrRegisterClient(&characteristics_, this, &handle_);
}

void Client::Deregister()
{
    if (handle_ && NmrDeregisterClient(handle_) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(handle_);
    handle_ = nullptr;
    counter_.decrement(1);
    TraceVerbose(PROJECT_FLAG, "done %p", this);
}

NTSTATUS Client::Attach(HANDLE binding, PNPI_REGISTRATION_INSTANCE instance)
{
    const void *dispatch = nullptr;
    void *provider = nullptr;
    ProjectBinding *context = ProjectBinding::Make(instance->Number);
    if (context == nullptr)
        return STATUS_NO_MEMORY;
    for (auto &entry : context->entries())
        entry.Reset();
    if constexpr (sizeof(void *) == 8)
        context->wide = true;
    return NmrClientAttachProvider(binding, context, &context->dispatch, &provider, &dispatch);
}

template <typename T, size_t N> constexpr size_t count(T (&)[N]) noexcept { return N; }

size_t Sum(const ULONG *values)
{
    ULONG local[4] = { 1, 2, 3 };
    size_t sum = std::max<size_t>(count(local), 3);
    auto add = [&sum](auto v) { sum += v; };
    for (ULONG v : local)
        add(v);
    add(std::move(values[0]));
    std::swap(local[0], local[1]);
    return std::min(sum, size_t{ 5 });
}

} // namespace project

static project::Client *TheClient;

VOID ProjectUnload(_In_ PDRIVER_OBJECT)
{
    TheClient->Deregister();
    delete TheClient;
}

_Use_decl_annotations_ extern "C" NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    ProjectConfig config;
    config.Load(path);
    driver->DriverUnload = ProjectUnload;
    return config.enabled ? project::Client::Create(&TheClient) : STATUS_NOT_SUPPORTED;
}
