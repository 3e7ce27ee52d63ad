#ifndef NMRCHECK_WDMSEC_H
#define NMRCHECK_WDMSEC_H
#include "ntddk.h"
#ifdef __cplusplus
extern "C" {
#endif
extern const UNICODE_STRING SDDL_DEVOBJ_KERNEL_ONLY, SDDL_DEVOBJ_SYS_ALL, SDDL_DEVOBJ_SYS_ALL_ADM_ALL,
    SDDL_DEVOBJ_SYS_ALL_ADM_RX, SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_R, SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RW_RES_R,
    SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RWX_RES_RWX, SDDL_DEVOBJ_INF_SUPPLIED;
#ifdef __cplusplus
}
#endif
#define WdmlibIoCreateDeviceSecure IoCreateDeviceSecure
#define WdmlibRtlInitUnicodeStringEx RtlInitUnicodeStringEx
/* @generated */
#endif
