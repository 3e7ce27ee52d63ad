/*
 * Reads a module from text: what dump.h prints, and what unit tests write by hand.
 *
 *   main "driver.c"                              // comments run to the end of the line
 *   file "driver.c" main
 *   struct EXT : 16 { 0 Handle : void*  64 Busy : u8 bits 1 }      // size in bytes { offset in bits, name, type }
 *   struct OPEN;
 *   role KDEFERRED_ROUTINE { annot IRQL_requires_max "DISPATCH_LEVEL" = 2 }
 *   global g_Handle : void* @ driver.c:3:8 static defined;
 *   global g_Ops : struct OPS defined { 64 : void(1)* = &Cleanup }
 *   function NmrRegisterClient : i32(3);
 *   function Start : i32(1) @ driver.c:9:1 static section "PAGE" role DRIVER_INITIALIZE {
 *       annot IRQL_requires_max "PASSIVE_LEVEL" = 0
 *       param Ext : struct EXT*
 *       local status : i32
 *       temp t0 : i32
 *     b0:
 *       scope status
 *       t0 = call NmrRegisterClient(&g_Ops, 0:void*, &Ext->Handle) @ 11:14   // the file is the function's
 *       store status = t0 !init
 *       branch (status < 0) b1 b2
 *     b1:
 *       return status
 *     b2:
 *       store g_Handle = Ext->Handle
 *       return 0
 *   }
 *
 * types     void iN uN fN, struct S, union U, opaque; after them: * ( const* : to const), [count], (parameters); /size
 *           where the size is unusual
 * places    local, global, place.field, place[i], pointer->field, pointer->[i], *value; ::name is a global that a local
 *           hides; name#2 the second of that name; place:type read or written as another type
 * values    a place is read; &place, 5, 5:u64, "text", t0, (a + b), -(a) ~(a) !(a), (type)a, unknown:type,
 *           volatile(place); (a <{u32} b) compares as another type than a's
 * blocks    jump b1 | branch v b1 b2 | switch v { 1 b1 2..5 b2 } b3 | return [v] | unreachable | exception b1 b2
 *
 * Names that are not plain words are quoted: 'operator new'. Names may be used before they are declared.
 */
#ifndef NC_MODEL_TEXT_H
#define NC_MODEL_TEXT_H

#include "model/module.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Free with nc_module_free (builder.h). On errors NULL, and one line in *error ("name:line: what is wrong"; to free).
 * The result has passed nc_module_check. */
struct nc_module *nc_module_read_text(const char *text, const char *name, char **error);

#ifdef __cplusplus
}
#endif
#endif
