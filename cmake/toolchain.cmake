# Before project(): the compiler (Clang of the same version, unless the caller chose another one), ccache, build type.
if(NOT CMAKE_C_COMPILER AND NOT DEFINED ENV{CC})
    find_program(NMRCHECK_CLANG NAMES clang-${NMRCHECK_LLVM_VERSION} PATHS /usr/lib/llvm-${NMRCHECK_LLVM_VERSION}/bin)
    find_program(NMRCHECK_CLANGXX NAMES clang++-${NMRCHECK_LLVM_VERSION}
                 PATHS /usr/lib/llvm-${NMRCHECK_LLVM_VERSION}/bin)
    if(NMRCHECK_CLANG AND NMRCHECK_CLANGXX)
        set(CMAKE_C_COMPILER ${NMRCHECK_CLANG})
        set(CMAKE_CXX_COMPILER ${NMRCHECK_CLANGXX})
    endif()
endif()

find_program(NMRCHECK_CCACHE NAMES ccache)
if(NMRCHECK_CCACHE AND NOT CMAKE_C_COMPILER_LAUNCHER)
    # The two kinds of sloppiness are what ccache asks for before it caches uses of a precompiled header.
    set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${NMRCHECK_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${NMRCHECK_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
# No NDEBUG: the program's own assertions stay on. -g1: stacks have lines, links stay fast.
foreach(lang C CXX)
    set(CMAKE_${lang}_FLAGS_RELWITHDEBINFO "-O2 -g1" CACHE STRING "")
endforeach()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON) # the plugin is made of the same objects
