/* shoveler: an NDIS protocol whose receive handler is pageable. */
#include <ndis.h>

PROTOCOL_RECEIVE_NET_BUFFER_LISTS ShovelerReceive;
PROTOCOL_BIND_ADAPTER_EX ShovelerBind;
NTSTATUS ShovelerRegister(NDIS_HANDLE *Protocol);

#pragma alloc_text(PAGE, ShovelerRegister)
#pragma alloc_text(PAGE, ShovelerBind)
#pragma alloc_text(PAGE, ShovelerReceive)

static ULONG ShovelerBinds;

NDIS_STATUS
ShovelerBind(NDIS_HANDLE ProtocolDriverContext, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS BindParameters)
{
    UNREFERENCED_PARAMETER(ProtocolDriverContext);
    UNREFERENCED_PARAMETER(BindContext);
    UNREFERENCED_PARAMETER(BindParameters);
    PAGED_CODE();
    ShovelerBinds++;
    return NDIS_STATUS_NOT_RECOGNIZED;
}

VOID
ShovelerReceive(NDIS_HANDLE ProtocolBindingContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);
    UNREFERENCED_PARAMETER(ReceiveFlags);
    NdisReturnNetBufferLists(ProtocolBindingContext, NetBufferLists, 0);
}

NTSTATUS
ShovelerRegister(NDIS_HANDLE *Protocol)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars;

    PAGED_CODE();
    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    chars.Header.Size = sizeof(chars);
    chars.BindAdapterHandlerEx = ShovelerBind;
    chars.ReceiveNetBufferListsHandler = ShovelerReceive; // EXPECT: irql-paged-code
    return NdisRegisterProtocolDriver(NULL, &chars, Protocol);
}
