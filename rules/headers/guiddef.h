#ifndef NMRCHECK_GUIDDEF_H
#define NMRCHECK_GUIDDEF_H
typedef struct _GUID {
    unsigned long Data1;
    unsigned short Data2;
    unsigned short Data3;
    unsigned char Data4[8];
} GUID, *LPGUID, *PGUID, IID, *LPIID, CLSID, *LPCLSID, UUID;
typedef const GUID *LPCGUID, *PCGUID, *LPCIID;
#ifdef __cplusplus
#define REFGUID const GUID &
#define REFIID const IID &
#define REFCLSID const IID &
#define NMRCHECK_C extern "C"
#else
#define REFGUID const GUID *
#define REFIID const IID *
#define REFCLSID const IID *
#define NMRCHECK_C extern
#endif
#define GUID_NULL_INIT { 0, 0, 0, { 0, 0, 0, 0, 0, 0, 0, 0 } }
NMRCHECK_C const GUID GUID_NULL;
#define DEFINE_GUID_EXTERN(name) NMRCHECK_C const GUID name
#ifdef __cplusplus
extern "C" {
#endif
int nmrcheck_equal_guid(const void *left, const void *right);
#ifdef __cplusplus
}
inline bool operator==(const GUID &left, const GUID &right) { return nmrcheck_equal_guid(&left, &right) != 0; }
inline bool operator!=(const GUID &left, const GUID &right) { return nmrcheck_equal_guid(&left, &right) == 0; }
#define IsEqualGUID(left, right) nmrcheck_equal_guid(&(left), &(right))
#else
#define IsEqualGUID(left, right) nmrcheck_equal_guid(left, right)
#endif
#define InlineIsEqualGUID(left, right) IsEqualGUID(left, right)
#define IsEqualIID(left, right) IsEqualGUID(left, right)
#define IsEqualCLSID(left, right) IsEqualGUID(left, right)
#endif
/* May be read again after initguid.h. */
#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                                                   \
    NMRCHECK_C const GUID __declspec(selectany) name = { l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 } }
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) NMRCHECK_C const GUID name
#endif
