/* Network adapters by the class extension: rings, packets and fragments that driver and system share. */
#ifndef NMRCHECK_NET_RING_H
#define NMRCHECK_NET_RING_H
#include "ntdef.h"
#include "basetsd.h"
typedef struct _NET_RING {
    UINT16 OSReserved1;
    UINT16 ElementStride;
    UINT32 NumberOfElements;
    UINT32 ElementIndexMask;
    UINT32 EndIndex;
    union {
        UINT32 OSReserved0;
        UINT32 BeginIndex;
    };
    UINT32 NextIndex;
    void *OSReserved2[4];
    UCHAR Buffer[ANYSIZE_ARRAY];
} NET_RING;
typedef enum _NET_RING_TYPE { NetRingTypePacket, NetRingTypeFragment, NetRingTypeDataBuffer } NET_RING_TYPE;
typedef struct _NET_RING_COLLECTION {
    NET_RING *Rings[3];
} NET_RING_COLLECTION;
typedef struct _NET_PACKET_LAYOUT {
    UINT32 Layer2Type : 4;
    UINT32 Layer3Type : 4;
    UINT32 Layer4Type : 4;
    UINT32 Layer2HeaderLength : 7;
    UINT32 Layer3HeaderLength : 9;
    UINT32 Layer4HeaderLength : 8;
} NET_PACKET_LAYOUT;
typedef struct _NET_PACKET {
    UINT32 FragmentIndex;
    UINT16 FragmentCount;
    NET_PACKET_LAYOUT Layout;
    UINT32 Ignore : 1;
    UINT32 Scratch : 1;
    UINT32 OSReserved0 : 6;
} NET_PACKET;
typedef struct _NET_FRAGMENT {
    UINT64 ValidLength : 26;
    UINT64 Capacity : 26;
    UINT64 Offset : 10;
    UINT64 Scratch : 1;
    UINT64 OSReserved0 : 1;
} NET_FRAGMENT;
typedef enum _NET_PACKET_LAYER2_TYPE {
    NetPacketLayer2TypeUnspecified,
    NetPacketLayer2TypeNull,
    NetPacketLayer2TypeEthernet
} NET_PACKET_LAYER2_TYPE;
typedef enum _NET_PACKET_LAYER3_TYPE {
    NetPacketLayer3TypeUnspecified,
    NetPacketLayer3TypeIPv4UnspecifiedOptions,
    NetPacketLayer3TypeIPv4WithOptions,
    NetPacketLayer3TypeIPv4NoOptions,
    NetPacketLayer3TypeIPv6UnspecifiedExtensions,
    NetPacketLayer3TypeIPv6WithExtensions,
    NetPacketLayer3TypeIPv6NoExtensions
} NET_PACKET_LAYER3_TYPE;
typedef enum _NET_PACKET_LAYER4_TYPE {
    NetPacketLayer4TypeUnspecified,
    NetPacketLayer4TypeTcp,
    NetPacketLayer4TypeUdp,
    NetPacketLayer4TypeIPFragment,
    NetPacketLayer4TypeIPNotFragment
} NET_PACKET_LAYER4_TYPE;
FORCEINLINE NET_RING *NetRingCollectionGetPacketRing(const NET_RING_COLLECTION *Descriptor)
{
    return Descriptor->Rings[NetRingTypePacket];
}
FORCEINLINE NET_RING *NetRingCollectionGetFragmentRing(const NET_RING_COLLECTION *Descriptor)
{
    return Descriptor->Rings[NetRingTypeFragment];
}
FORCEINLINE void *NetRingGetElementAtIndex(const NET_RING *Ring, UINT32 Index)
{
    return (void *)(Ring->Buffer + (SIZE_T)Index * Ring->ElementStride);
}
FORCEINLINE NET_PACKET *NetRingGetPacketAtIndex(const NET_RING *Ring, UINT32 Index)
{
    return (NET_PACKET *)NetRingGetElementAtIndex(Ring, Index);
}
FORCEINLINE NET_FRAGMENT *NetRingGetFragmentAtIndex(const NET_RING *Ring, UINT32 Index)
{
    return (NET_FRAGMENT *)NetRingGetElementAtIndex(Ring, Index);
}
FORCEINLINE UINT32 NetRingIncrementIndex(const NET_RING *Ring, UINT32 Index)
{
    return (Index + 1) & Ring->ElementIndexMask;
}
FORCEINLINE UINT32 NetRingAdvanceIndex(const NET_RING *Ring, UINT32 Index, UINT32 Distance)
{
    return (Index + Distance) & Ring->ElementIndexMask;
}
FORCEINLINE UINT32 NetRingGetRangeCount(const NET_RING *Ring, UINT32 Start, UINT32 End)
{
    return (End - Start) & Ring->ElementIndexMask;
}
#endif
