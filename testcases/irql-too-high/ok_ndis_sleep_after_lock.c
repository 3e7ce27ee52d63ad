/* mesh: an NDIS filter's status handler; its own lock is an NDIS spin lock. */
#include <ndis.h>

#define MESH_TAG 'hseM'

typedef struct _MESH { NDIS_HANDLE FilterHandle; NDIS_SPIN_LOCK Lock; ULONG Paused; ULONG Sends; } MESH, *PMESH;

static FILTER_PAUSE MeshPause;
static FILTER_DETACH MeshDetach;

static VOID
MeshDrain(PMESH Mesh)
{
    ULONG left;

    do {
        NdisAcquireSpinLock(&Mesh->Lock);
        left = Mesh->Sends;
        NdisReleaseSpinLock(&Mesh->Lock);
        if (left != 0) {
            NdisMSleep(1000);
        }
    } while (left != 0);
}

static NDIS_STATUS
MeshPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PMESH mesh = FilterModuleContext;

    UNREFERENCED_PARAMETER(Parameters);
    NdisAcquireSpinLock(&mesh->Lock);
    mesh->Paused = 1;
    NdisReleaseSpinLock(&mesh->Lock);
    MeshDrain(mesh);
    return NDIS_STATUS_SUCCESS;
}

static VOID
MeshDetach(NDIS_HANDLE FilterModuleContext)
{
    PMESH mesh = FilterModuleContext;

    NdisFreeSpinLock(&mesh->Lock);
    ExFreePoolWithTag(mesh, MESH_TAG);
}

VOID
MeshFillHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->PauseHandler = MeshPause;
    Characteristics->DetachHandler = MeshDetach;
}
