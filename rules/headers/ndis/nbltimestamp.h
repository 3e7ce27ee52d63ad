/* The time stamp of a list of network buffers. */
#ifndef NMRCHECK_NDIS_NBLTIMESTAMP_H
#define NMRCHECK_NDIS_NBLTIMESTAMP_H
#include "ndis/nbl.h"
typedef struct _NET_BUFFER_LIST_TIMESTAMP {
    UINT64 Timestamp;
} NET_BUFFER_LIST_TIMESTAMP, *PNET_BUFFER_LIST_TIMESTAMP;
#ifdef __cplusplus
extern "C" {
#endif
VOID NdisSetNblTimestampInfo(NET_BUFFER_LIST *Nbl, const NET_BUFFER_LIST_TIMESTAMP *NblTimestamp);
VOID NdisGetNblTimestampInfo(const NET_BUFFER_LIST *Nbl, NET_BUFFER_LIST_TIMESTAMP *NblTimestamp);
VOID NdisCopyNblTimestampInfo(NET_BUFFER_LIST *Destination, const NET_BUFFER_LIST *Source);
#ifdef __cplusplus
}
#endif
#endif
