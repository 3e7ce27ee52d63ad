/* One file of a library. Defect: the close function frees the object after it has started the deregistration. */
#include <ntddk.h>
#include <netioddk.h>

#define HOUSE_TAG 'suoH'

typedef struct _HOUSE {
    HANDLE Handle;
    NPI_PROVIDER_CHARACTERISTICS Chars;
} HOUSE, *PHOUSE;

NTSTATUS HouseOpen(const NPI_PROVIDER_CHARACTERISTICS *Chars, PHOUSE *Result)
{
    PHOUSE House = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*House), HOUSE_TAG);
    NTSTATUS Status;

    if (House == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    House->Chars = *Chars;
    Status = NmrRegisterProvider(&House->Chars, House, &House->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(House, HOUSE_TAG);
        return Status;
    }
    *Result = House;
    return STATUS_SUCCESS;
}

VOID HouseClose(PHOUSE House)
{
    NTSTATUS Status = NmrDeregisterProvider(House->Handle); // EXPECT: nmr-missing-wait

    if (Status != STATUS_PENDING) {
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "house: 0x%08lx\n", Status);
    }
    ExFreePoolWithTag(House, HOUSE_TAG);
}
