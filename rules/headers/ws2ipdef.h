/* IP-level socket addresses and options. */
#ifndef NMRCHECK_WS2IPDEF_H
#define NMRCHECK_WS2IPDEF_H
#include "ws2def.h"
#include "in6addr.h"

#define IPV6_HOPOPTS 1
#define IPV6_HDRINCL 2
#define IPV6_UNICAST_HOPS 4
#define IPV6_MULTICAST_IF 9
#define IPV6_MULTICAST_HOPS 10
#define IPV6_MULTICAST_LOOP 11
#define IPV6_ADD_MEMBERSHIP 12
#define IPV6_JOIN_GROUP IPV6_ADD_MEMBERSHIP
#define IPV6_DROP_MEMBERSHIP 13
#define IPV6_LEAVE_GROUP IPV6_DROP_MEMBERSHIP
#define IPV6_DONTFRAG 14
#define IPV6_PKTINFO 19
#define IPV6_HOPLIMIT 21
#define IPV6_PROTECTION_LEVEL 23
#define IPV6_RECVIF 24
#define IPV6_RECVDSTADDR 25
#define IPV6_CHECKSUM 26
#define IPV6_V6ONLY 27
#define IPV6_UNICAST_IF 31
#define IPV6_RTHDR 32
#define IPV6_RECVRTHDR 38
#define IPV6_TCLASS 39
#define IPV6_RECVTCLASS 40
#define IPV6_ECN 50
#define IPV6_RECVECN 50
#define IPV6_PKTINFO_EX 51
#define IPV6_MTU_DISCOVER 71
#define IPV6_MTU 72
#define IPV6_USER_MTU 76
#define IPV6_WFP_REDIRECT_RECORDS 60
#define IPV6_WFP_REDIRECT_CONTEXT 70
#define IP_OPTIONS 1
#define IP_HDRINCL 2
#define IP_TOS 3
#define IP_TTL 4
#define IP_MULTICAST_IF 9
#define IP_MULTICAST_TTL 10
#define IP_MULTICAST_LOOP 11
#define IP_ADD_MEMBERSHIP 12
#define IP_DROP_MEMBERSHIP 13
#define IP_DONTFRAGMENT 14
#define IP_PKTINFO 19
#define IP_RECVTTL 21
#define IP_HOPLIMIT 21
#define IP_RECVIF 24
#define IP_RECVDSTADDR 25
#define IP_UNICAST_IF 31
#define IP_RECVTOS 40
#define IP_ECN 50
#define IP_RECVECN 50
#define IP_PKTINFO_EX 51
#define IP_WFP_REDIRECT_RECORDS 60
#define IP_WFP_REDIRECT_CONTEXT 70
#define IP_MTU_DISCOVER 71
#define IP_MTU 73
#define IP_USER_MTU 76
#define UDP_NOCHECKSUM 1
#define UDP_SEND_MSG_SIZE 2
#define UDP_RECV_MAX_COALESCED_SIZE 3
#define UDP_COALESCED_INFO 3
#define UDP_CHECKSUM_COVERAGE 20
#define TCP_EXPEDITED_1122 0x0002
#define TCP_KEEPALIVE 3
#define TCP_MAXSEG 4
#define TCP_MAXRT 5
#define TCP_STDURG 6
#define TCP_NOURG 7
#define TCP_ATMARK 8
#define TCP_NOSYNRETRIES 9
#define TCP_TIMESTAMPS 10
#define TCP_CONGESTION_ALGORITHM 12
#define TCP_DELAY_FIN_ACK 13
#define TCP_MAXRTMS 14
#define TCP_FASTOPEN 15
#define TCP_KEEPCNT 16
#define TCP_KEEPIDLE TCP_KEEPALIVE
#define TCP_KEEPINTVL 17
typedef enum _PMTUD_STATE { IP_PMTUDISC_NOT_SET, IP_PMTUDISC_DO, IP_PMTUDISC_DONT, IP_PMTUDISC_PROBE, IP_PMTUDISC_MAX } PMTUD_STATE;

typedef struct sockaddr_in6 {
    ADDRESS_FAMILY sin6_family;
    USHORT sin6_port;
    ULONG sin6_flowinfo;
    IN6_ADDR sin6_addr;
    union {
        ULONG sin6_scope_id;
        SCOPE_ID sin6_scope_struct;
    };
} SOCKADDR_IN6_LH, *PSOCKADDR_IN6_LH, SOCKADDR_IN6, *PSOCKADDR_IN6;
typedef const SOCKADDR_IN6 *PCSOCKADDR_IN6;
typedef union _SOCKADDR_INET {
    SOCKADDR_IN Ipv4;
    SOCKADDR_IN6 Ipv6;
    ADDRESS_FAMILY si_family;
} SOCKADDR_INET, *PSOCKADDR_INET;
typedef const SOCKADDR_INET *PCSOCKADDR_INET;
typedef struct _sockaddr_in6_pair {
    PSOCKADDR_IN6 SourceAddress;
    PSOCKADDR_IN6 DestinationAddress;
} SOCKADDR_IN6_PAIR, *PSOCKADDR_IN6_PAIR;
typedef struct ip_mreq {
    IN_ADDR imr_multiaddr;
    IN_ADDR imr_interface;
} IP_MREQ, *PIP_MREQ;
typedef struct ipv6_mreq {
    IN6_ADDR ipv6mr_multiaddr;
    ULONG ipv6mr_interface;
} IPV6_MREQ, *PIPV6_MREQ;
typedef struct in_pktinfo {
    IN_ADDR ipi_addr;
    ULONG ipi_ifindex;
} IN_PKTINFO, *PIN_PKTINFO;
typedef struct in6_pktinfo {
    IN6_ADDR ipi6_addr;
    ULONG ipi6_ifindex;
} IN6_PKTINFO, *PIN6_PKTINFO;
typedef struct in_pktinfo_ex {
    IN_PKTINFO pkt_info;
    SCOPE_ID scope_id;
} IN_PKTINFO_EX, *PIN_PKTINFO_EX;
typedef struct in6_pktinfo_ex {
    IN6_PKTINFO pkt_info;
    SCOPE_ID scope_id;
} IN6_PKTINFO_EX, *PIN6_PKTINFO_EX;
#define IN6ADDR_ANY_INIT { 0 }
#define IN6ADDR_LOOPBACK_INIT { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }
#define IN6ADDR_V4MAPPEDPREFIX_INIT { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }
#define IN6ADDR_LINKLOCALPREFIX_INIT { 0xfe, 0x80 }
#define IN6ADDR_MULTICASTPREFIX_INIT { 0xff }
#define IN6ADDR_SOLICITEDNODEMULTICASTPREFIX_INIT { 0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xff }
#define IN6ADDR_ALLNODESONLINK_INIT { 0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }
#define IN6ADDR_ALLROUTERSONLINK_INIT { 0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 }
#define IN6ADDR_V4MAPPEDPREFIX_LENGTH 96
#define INET_ADDRSTRLEN 22
#define INET6_ADDRSTRLEN 65
#ifdef __cplusplus
extern "C" {
#endif
extern const IN6_ADDR in6addr_any, in6addr_loopback, in6addr_v4mappedprefix, in6addr_linklocalprefix,
    in6addr_multicastprefix, in6addr_solicitednodemulticastprefix, in6addr_allnodesonlink, in6addr_allroutersonlink,
    in6addr_allnodesonnode;
extern const IN_ADDR in4addr_any, in4addr_loopback, in4addr_broadcast, in4addr_allnodesonlink;
BOOLEAN IN6_ADDR_EQUAL(const IN6_ADDR *x, const IN6_ADDR *y);
BOOLEAN IN6_IS_ADDR_UNSPECIFIED(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_LOOPBACK(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_MULTICAST(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_LINKLOCAL(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_SITELOCAL(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_GLOBAL(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_V4MAPPED(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_V4COMPAT(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_ANYCAST(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_MC_LINKLOCAL(const IN6_ADDR *a);
BOOLEAN IN6_IS_ADDR_TEREDO(const IN6_ADDR *a);
BOOLEAN IN4_ADDR_EQUAL(const IN_ADDR *x, const IN_ADDR *y);
BOOLEAN IN4_IS_ADDR_UNSPECIFIED(const IN_ADDR *a);
BOOLEAN IN4_IS_ADDR_LOOPBACK(const IN_ADDR *a);
BOOLEAN IN4_IS_ADDR_MULTICAST(const IN_ADDR *a);
BOOLEAN IN4_IS_ADDR_BROADCAST(const IN_ADDR *a);
BOOLEAN IN4_IS_ADDR_LINKLOCAL(const IN_ADDR *a);
BOOLEAN INETADDR_ISANY(const SOCKADDR *a);
BOOLEAN INETADDR_ISEQUAL(const SOCKADDR *a, const SOCKADDR *b);
BOOLEAN INETADDR_ISLOOPBACK(const SOCKADDR *a);
BOOLEAN INETADDR_ISV4MAPPED(const SOCKADDR *a);
BOOLEAN INETADDR_ISUNSPECIFIED(const SOCKADDR *a);
BOOLEAN INET_IS_ADDR_UNSPECIFIED(ADDRESS_FAMILY af, const VOID *a);
BOOLEAN INET_IS_ADDR_LOOPBACK(ADDRESS_FAMILY af, const VOID *a);
BOOLEAN INET_IS_ADDR_MULTICAST(ADDRESS_FAMILY af, const VOID *a);
BOOLEAN INET_ADDR_EQUAL(ADDRESS_FAMILY af, const VOID *x, const VOID *y);
VOID INETADDR_SETANY(PSOCKADDR a);
VOID INETADDR_SETLOOPBACK(PSOCKADDR a);
VOID INETADDR_SETSOCKADDR(ADDRESS_FAMILY af, PSOCKADDR a, const VOID *addr, SCOPE_ID scope, USHORT port);
VOID INETADDR_SET_PORT(PSOCKADDR a, USHORT Port);
VOID INETADDR_SET_ADDRESS(PSOCKADDR a, const UCHAR *Address);
USHORT INETADDR_PORT(const SOCKADDR *a);
PUCHAR INETADDR_ADDRESS(const SOCKADDR *a);
SCOPE_ID INETADDR_SCOPE_ID(const SOCKADDR *a);
SIZE_T INET_SOCKADDR_LENGTH(ADDRESS_FAMILY af);
SIZE_T INET_ADDR_LENGTH(ADDRESS_FAMILY af);
VOID IN6ADDR_SETANY(PSOCKADDR_IN6 a);
VOID IN6ADDR_SETLOOPBACK(PSOCKADDR_IN6 a);
VOID IN6_SET_ADDR_V4MAPPED(PIN6_ADDR a6, const IN_ADDR *a4);
const UCHAR *IN6_GET_ADDR_V4MAPPED(const IN6_ADDR *Ipv6Address);
VOID IN6ADDR_SETV4MAPPED(PSOCKADDR_IN6 a6, const IN_ADDR *a4, SCOPE_ID scope, USHORT port);
SCOPE_LEVEL IN6_MULTICAST_SCOPE(const IN6_ADDR *Ipv6Address);
/* mstcpip.h */
PWSTR RtlIpv4AddressToStringW(const IN_ADDR *Addr, PWSTR S);
PSTR RtlIpv4AddressToStringA(const IN_ADDR *Addr, PSTR S);
NTSTATUS RtlIpv4AddressToStringExW(const IN_ADDR *Addr, USHORT Port, PWSTR S, PULONG Length);
NTSTATUS RtlIpv4AddressToStringExA(const IN_ADDR *Addr, USHORT Port, PSTR S, PULONG Length);
NTSTATUS RtlIpv4StringToAddressW(PCWSTR S, BOOLEAN Strict, PCWSTR *Terminator, IN_ADDR *Addr);
NTSTATUS RtlIpv4StringToAddressA(PCSTR S, BOOLEAN Strict, PCSTR *Terminator, IN_ADDR *Addr);
NTSTATUS RtlIpv4StringToAddressExW(PCWSTR S, BOOLEAN Strict, IN_ADDR *Addr, PUSHORT Port);
NTSTATUS RtlIpv4StringToAddressExA(PCSTR S, BOOLEAN Strict, IN_ADDR *Addr, PUSHORT Port);
PWSTR RtlIpv6AddressToStringW(const IN6_ADDR *Addr, PWSTR S);
PSTR RtlIpv6AddressToStringA(const IN6_ADDR *Addr, PSTR S);
NTSTATUS RtlIpv6AddressToStringExW(const IN6_ADDR *Addr, ULONG Scope, USHORT Port, PWSTR S, PULONG Length);
NTSTATUS RtlIpv6AddressToStringExA(const IN6_ADDR *Addr, ULONG Scope, USHORT Port, PSTR S, PULONG Length);
NTSTATUS RtlIpv6StringToAddressW(PCWSTR S, PCWSTR *Terminator, IN6_ADDR *Addr);
NTSTATUS RtlIpv6StringToAddressA(PCSTR S, PCSTR *Terminator, IN6_ADDR *Addr);
NTSTATUS RtlIpv6StringToAddressExW(PCWSTR S, IN6_ADDR *Addr, PULONG Scope, PUSHORT Port);
NTSTATUS RtlIpv6StringToAddressExA(PCSTR S, IN6_ADDR *Addr, PULONG Scope, PUSHORT Port);
PWSTR RtlEthernetAddressToStringW(const VOID *Addr, PWSTR S);
PSTR RtlEthernetAddressToStringA(const VOID *Addr, PSTR S);
#define RtlIpv4AddressToString RtlIpv4AddressToStringW
#define RtlIpv4StringToAddress RtlIpv4StringToAddressW
#define RtlIpv6AddressToString RtlIpv6AddressToStringW
#define RtlIpv6StringToAddress RtlIpv6StringToAddressW
#ifdef __cplusplus
}
#endif
#endif
