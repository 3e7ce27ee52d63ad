#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* Owns a handle of the kind that Traits describes. */
template <typename Traits>
class Unique {
public:
    Unique() = default;
    Unique(const Unique &) = delete;
    Unique &operator=(const Unique &) = delete;
    ~Unique() { reset(); }

    HANDLE *put()
    {
        reset();
        return &handle_;
    }
    HANDLE get() const { return handle_; }
    HANDLE release()
    {
        HANDLE handle = handle_;
        handle_ = nullptr;
        return handle;
    }
    void reset()
    {
        if (handle_ != nullptr) {
            Traits::End(handle_);
            handle_ = nullptr;
        }
    }

private:
    HANDLE handle_ = nullptr;
};

struct ClientTraits {
    static void End(HANDLE handle)
    {
        if (NmrDeregisterClient(handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(handle);
        }
    }
};
