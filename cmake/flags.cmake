# Language level, warnings, sanitizers, linker: the interface targets nc_flags (all code) and nc_flags_c (C core).
include(CheckLinkerFlag)

set(CMAKE_C_STANDARD 17)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_EXTENSIONS OFF)

add_library(nc_flags INTERFACE)
target_include_directories(nc_flags INTERFACE ${CMAKE_SOURCE_DIR}/checker)
target_compile_definitions(nc_flags INTERFACE _GNU_SOURCE NMRCHECK_VERSION="${PROJECT_VERSION}")
target_compile_options(nc_flags INTERFACE -Wall -Wextra $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
                       $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes>)
if(NMRCHECK_WERROR)
    target_compile_options(nc_flags INTERFACE -Werror)
endif()

check_linker_flag(C -fuse-ld=lld NMRCHECK_HAVE_LLD)
if(NMRCHECK_HAVE_LLD)
    target_link_options(nc_flags INTERFACE -fuse-ld=lld)
endif()

set(undefined_behaviour -fsanitize=undefined -fno-sanitize=vptr,function -fno-sanitize-recover=undefined)
if(NMRCHECK_SANITIZE)
    # LLVM's inline containers poison memory when they are compiled with ASan; the installed LLVM, which is not, would
    # hand such memory out. So the front end's C++ gets UBSan only. (Heap errors at libc calls are still found.)
    target_compile_options(nc_flags INTERFACE -fno-omit-frame-pointer ${undefined_behaviour}
                           $<$<COMPILE_LANGUAGE:C>:-fsanitize=address>)
    target_link_options(nc_flags INTERFACE -fsanitize=address,undefined)
endif()
if(NMRCHECK_FUZZ)
    if(NOT CMAKE_C_COMPILER_ID MATCHES Clang)
        message(FATAL_ERROR "NMRCHECK_FUZZ needs Clang as the C compiler")
    endif()
    target_compile_options(nc_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:-fsanitize=fuzzer-no-link>)
endif()
