/* Fills a registration instance that points into the caller's identifiers. */
#include "instance.h"

static const NPIID BaseNpi = { 0x0bdaa3a5, 0xe495, 0x4275, { 0x85, 0xcb, 0x59, 0x8d, 0x6e, 0x79, 0x37, 0xbc } };

VOID InstanceFill(NPI_REGISTRATION_INSTANCE *Instance, PINSTANCE_IDS Ids, ULONG Number)
{
    Ids->Npi = BaseNpi;
    Ids->Module.Length = sizeof(Ids->Module);
    Ids->Module.Type = MIT_IF_LUID;
    Ids->Module.IfLuid.LowPart = Number;
    Ids->Module.IfLuid.HighPart = 0;

    Instance->Version = 0;
    Instance->Size = sizeof(*Instance);
    Instance->NpiId = &Ids->Npi;
    Instance->ModuleId = &Ids->Module;
    Instance->Number = Number;
    Instance->NpiSpecificCharacteristics = NULL;
}
