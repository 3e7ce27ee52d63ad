// Cross-platform code with its own platform layer, of which no header is there: statuses, locks, lists, events, traces.
// FUNCTIONS: 11
#include "precomp.h"
#ifdef PLAT_CLOG
#include "session.c.clog.h"
#endif

typedef struct PLAT_SESSION {
    PLAT_LIST_ENTRY Link;
    PLAT_DISPATCH_LOCK Lock;
    PLAT_RUNDOWN_REF Rundown;
    PLAT_POOL Pool;
    PLAT_EVENT Done;
    uint32_t Count;
    BOOLEAN Closed : 1;
    PLAT_STATUS Result;
    QUIC_LIKE_ADDR Remote;
} PLAT_SESSION;

PLAT_LIST_ENTRY AllSessions;
PLAT_LOCK AllLock;
PLAT_STATIC_ASSERT(sizeof(uint32_t) == 4, "layout");

_IRQL_requires_max_(PASSIVE_LEVEL)
PLAT_STATUS
SessionOpen(
    _In_ const PLAT_REGISTRATION* Registration,
    _In_opt_ void* Context,
    _Outptr_ _At_(*NewSession, __drv_allocatesMem(Mem))
        PLAT_SESSION** NewSession
    )
{
    PLAT_STATUS Status;
    PLAT_SESSION* Session = PLAT_ALLOC_NONPAGED(sizeof(PLAT_SESSION), PLAT_POOL_SESSION);

    if (Session == NULL) {
        PlatTraceEvent(
            AllocFailure,
            "Allocation of '%s' failed. (%llu bytes)",
            "session",
            sizeof(PLAT_SESSION));
        return PLAT_STATUS_OUT_OF_MEMORY;
    }
    PlatZeroMemory(Session, sizeof(*Session));
    PlatDispatchLockInitialize(&Session->Lock);
    PlatRundownInitialize(&Session->Rundown);
    PlatPoolInitialize(FALSE, sizeof(PLAT_BUFFER), PLAT_POOL_SESSION, &Session->Pool);
    PlatEventInitialize(&Session->Done, TRUE, FALSE);
    PlatTraceLogInfo(SessionOpened, "[ses] %p opened (%u)", Session, Registration->Id);
    if (PLAT_FAILED(Status = SessionStart(Session, Registration->Config.Flags, Context))) {
        goto Error;
    }
    PlatLockAcquire(&AllLock);
    PlatListInsertTail(&AllSessions, &Session->Link);
    PlatLockRelease(&AllLock);
    *NewSession = Session;
    Session = NULL;

Error:

    if (Session != NULL) {
        PLAT_FREE(Session, PLAT_POOL_SESSION);
    }
    return Status;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
void
SessionForEach(
    _In_ SESSION_VISIT_FN* Visit,
    _Inout_ void* State
    )
{
    PLAT_LIST_ENTRY* Entry;

    for (Entry = AllSessions.Flink; Entry != &AllSessions; Entry = Entry->Flink) {
        PLAT_SESSION* Session = PLAT_CONTAINING_RECORD(Entry, PLAT_SESSION, Link);
        if (!Visit(Session, State)) {
            break;
        }
    }
}

static
BOOLEAN
SessionIsIdle(
    _In_ PLAT_SESSION* Session
    )
{
    BOOLEAN Idle;
    PlatDispatchLockAcquire(&Session->Lock);
    Idle = Session->Count == 0 && !Session->Closed;
    PlatDispatchLockRelease(&Session->Lock);
    return Idle;
}

void
SessionClose(
    _In_ _Pre_defensive_ PLAT_HANDLE Handle
    )
{
    PLAT_SESSION* Session;
    PLAT_LIST_ENTRY* Next;

    PlatTraceEvent(ApiEnter, "[ api] Enter %u (%p).", PLAT_TRACE_API_SESSION_CLOSE, Handle);
    if (!IS_SESSION_HANDLE(Handle)) {
        return;
    }
#pragma warning(suppress:6011)
    Session = (PLAT_SESSION*)Handle;
    PLAT_TEL_ASSERT(!Session->Closed);
    PLAT_DBG_ASSERTMSG(Session->Count == 0, "busy");
    Session->Closed = TRUE;
    while (!PlatListIsEmpty(&AllSessions)) {
        Next = PlatListRemoveHead(&AllSessions);
        Next->Blink->Flink = NULL;
    }
    PlatRundownReleaseAndWait(&Session->Rundown);
    PlatEventWaitForever(Session->Done);
    PLAT_FREE(Session, PLAT_POOL_SESSION);
    PlatTraceEvent(ApiExit, "[ api] Exit");
}

PLAT_STATUS
SessionSetParam(
    _In_ PLAT_SESSION* Session,
    _In_ uint32_t Param,
    _In_ uint32_t Length,
    _In_reads_bytes_(Length) const void* Buffer
    )
{
    switch (Param) {
    case PLAT_PARAM_SESSION_COUNT:
        if (Length != sizeof(Session->Count)) {
            return PLAT_STATUS_INVALID_PARAMETER;
        }
        Session->Count = *(uint32_t*)Buffer;
        break;
    case PLAT_PARAM_SESSION_SETTINGS: {
        const PLAT_SETTINGS* Settings = (PLAT_SETTINGS*)Buffer;
        if (Settings->IsSet.MaxStreams && Settings->MaxStreams > PLAT_MAX_STREAMS) {
            return PLAT_STATUS_INVALID_PARAMETER;
        }
        Session->Count = Settings->Streams[0].Limit;
        break;
    }
    default:
        return PLAT_STATUS_NOT_SUPPORTED;
    }
    return PLAT_STATUS_SUCCESS;
}

PLAT_THREAD_CALLBACK(SessionWorker, Context)
{
    PLAT_SESSION* Session = (PLAT_SESSION*)Context;
    PlatTraceLogVerbose(WorkerStart, "[ses][%p] Worker start", Session);
    while (!Session->Closed) {
        PlatEventWaitWithTimeout(Session->Done, 100);
    }
    PLAT_THREAD_RETURN(PLAT_STATUS_SUCCESS);
}

inline
uint8_t*
SessionEncode(
    _In_ PLAT_VAR_INT Value,
    _Out_writes_bytes_(sizeof(uint64_t)) uint8_t* Buffer
    )
{
    PLAT_ASSERT(Value < PLAT_VAR_INT_MAX);
    if (Value < 0x40) {
        *Buffer = (uint8_t)Value;
        return Buffer + sizeof(uint8_t);
    } else if (Value < 0x4000) {
        const uint16_t Tmp = PlatByteSwapUint16((0x40 << 8) | (uint16_t)Value);
        memcpy(Buffer, &Tmp, sizeof(Tmp));
        return Buffer + sizeof(Tmp);
    }
    return NULL;
}

uint8_t* UseEncode(uint8_t* b) { return SessionEncode(3, b); }

void
SessionOnPacket(
    _In_ PLAT_SESSION* Session,
    _In_ PLAT_RECV_DATA* Chain
    )
{
    PLAT_RECV_DATA* Datagram;
    uint64_t Received[PLAT_MAX_BATCH] = {0};

    while ((Datagram = Chain) != NULL) {
        Chain = Datagram->Next;
        Datagram->Next = NULL;
        Received[0] += Datagram->BufferLength;
        if (Datagram->Route->RemoteAddress.Ipv4.sin_port == 0 || PlatAddrCompare(&Datagram->Route->RemoteAddress, &Session->Remote)) {
            PlatRecvDataReturn(Datagram);
            continue;
        }
        Datagram->Partition = Session->Count % PlatProcActiveCount();
        Session->Result |= Datagram->Flags & PLAT_RECV_FLAG_ALL;
        SessionQueue(Session, &Datagram);
    }
    PLAT_FRE_ASSERT(Chain == NULL);
}

#if PLAT_TEST_MODE
not c at all
#endif

typedef struct PLAT_BINDING_VTABLE {
    PLAT_BIND_FN Bind;
    PLAT_UNBIND_FN* Unbind;
    void (*Poll)(_In_ PLAT_SESSION* Session, _Out_ PLAT_POLL_RESULT* Result);
} PLAT_BINDING_VTABLE;

const PLAT_BINDING_VTABLE* SessionTable;

uint32_t
SessionPoll(
    _In_ PLAT_SESSION* Session
    )
{
    PLAT_POLL_RESULT Result = { .Budget = 16, .Flags = PLAT_POLL_NONE };
    PLAT_POLL_RESULT Copy;

    SessionTable->Bind(Session, &Result);
    SessionTable->Poll(Session, &Result);
    SessionTable->Unbind(Session);
    Copy = Result;
    return Copy.Completed + (uint32_t)CXX_MIN(Result.Budget, 3u);
}

void
SessionLoop(
    _In_ PLAT_HASHTABLE* Table
    )
{
    PLAT_HASHTABLE_ENUMERATOR Enumerator;
    PLAT_HASHTABLE_ENTRY* Entry;

    PlatHashtableEnumerateBegin(Table, &Enumerator);
    while ((Entry = PlatHashtableEnumerateNext(Table, &Enumerator)) != NULL) {
        PLAT_SESSION* Session = PLAT_CONTAINING_RECORD(Entry, PLAT_SESSION, Link);
        SessionClose((PLAT_HANDLE)Session);
    }
    PlatHashtableEnumerateEnd(Table, &Enumerator);
    PLAT_LIST_FOR_EACH(Entry, &AllSessions) {
        if (Entry->Signature == 5)
            SessionPoll((PLAT_SESSION*)Entry);
    }
}
