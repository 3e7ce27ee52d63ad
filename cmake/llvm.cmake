# LLVM and Clang of NMRCHECK_LLVM_VERSION: the interface targets nc_clang_headers (compile) and nc_clang (compile and
# link). llvm-config is asked rather than LLVM's CMake package, which insists on libraries that nobody here links.
#
# The program links them statically where the static libraries are installed: the shared ones need 100 ms of relocations
# and of initialisers before main begins, more than a small file's parse. The plugin links neither (see targets.cmake).
find_program(NMRCHECK_LLVM_CONFIG NAMES llvm-config-${NMRCHECK_LLVM_VERSION} llvm-config
             PATHS /usr/lib/llvm-${NMRCHECK_LLVM_VERSION}/bin)
if(NOT NMRCHECK_LLVM_CONFIG)
    message(FATAL_ERROR "llvm-config-${NMRCHECK_LLVM_VERSION} not found: run scripts/setup, or pass "
                        "-DNMRCHECK_LLVM_VERSION=N for another version")
endif()
execute_process(COMMAND ${NMRCHECK_LLVM_CONFIG} --version --includedir --libdir --has-rtti
                OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" answer "${answer}")
list(GET answer 0 LLVM_FULL_VERSION)
list(GET answer 1 llvm_include)
list(GET answer 2 llvm_lib)
list(GET answer 3 llvm_rtti)
if(NOT LLVM_FULL_VERSION MATCHES "^${NMRCHECK_LLVM_VERSION}\\.")
    message(FATAL_ERROR "${NMRCHECK_LLVM_CONFIG} is version ${LLVM_FULL_VERSION}, not ${NMRCHECK_LLVM_VERSION}")
endif()
add_library(nc_clang_headers INTERFACE)
target_include_directories(nc_clang_headers SYSTEM INTERFACE ${llvm_include})
target_compile_definitions(nc_clang_headers INTERFACE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS)
target_compile_options(nc_clang_headers INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
if(NOT llvm_rtti STREQUAL YES)
    target_compile_options(nc_clang_headers INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
endif()
add_library(nc_clang INTERFACE)
target_link_libraries(nc_clang INTERFACE nc_clang_headers)

option(NMRCHECK_STATIC_LLVM "Link LLVM and Clang statically where their static libraries are installed" ON)
set(llvm_static)
if(NMRCHECK_STATIC_LLVM AND NOT NMRCHECK_SANITIZE AND EXISTS ${llvm_lib}/libclangFrontend.a)
    foreach(name Frontend Driver Parse Serialization Sema APINotes Edit Analysis ASTMatchers Support AST Lex Basic)
        if(EXISTS ${llvm_lib}/libclang${name}.a)
            list(APPEND llvm_static ${llvm_lib}/libclang${name}.a)
        endif()
    endforeach()
    execute_process(COMMAND ${NMRCHECK_LLVM_CONFIG} --link-static --libfiles frontendopenmp frontendhlsl bitreader option
                            profiledata windowsdriver object support core mcparser asmparser
                    OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    # What LLVM itself was built with; the development packages of these are not needed, so neither are they asked for.
    find_library(NMRCHECK_ZLIB NAMES z libz.so.1)
    find_library(NMRCHECK_ZSTD NAMES zstd libzstd.so.1)
    if(failed OR NOT NMRCHECK_ZLIB OR NOT NMRCHECK_ZSTD)
        set(llvm_static)
    else()
        string(REPLACE " " ";" answer "${answer}")
        list(APPEND llvm_static ${answer} ${NMRCHECK_ZLIB} ${NMRCHECK_ZSTD} rt ${CMAKE_DL_LIBS} m)
    endif()
endif()
if(llvm_static)
    target_link_libraries(nc_clang INTERFACE ${llvm_static})
    # At a fixed address there is nothing to relocate.
    target_link_options(nc_clang INTERFACE -no-pie -Wl,--gc-sections -static-libstdc++ -static-libgcc)
else()
    find_library(NMRCHECK_LIBCLANG_CPP NAMES clang-cpp libclang-cpp.so.${LLVM_FULL_VERSION}
                 libclang-cpp.so.${NMRCHECK_LLVM_VERSION} libclang-cpp.so.${NMRCHECK_LLVM_VERSION}.1
                 PATHS ${llvm_lib} NO_DEFAULT_PATH REQUIRED)
    find_library(NMRCHECK_LIBLLVM NAMES LLVM-${NMRCHECK_LLVM_VERSION} LLVM PATHS ${llvm_lib} NO_DEFAULT_PATH REQUIRED)
    target_link_libraries(nc_clang INTERFACE ${NMRCHECK_LIBCLANG_CPP} ${NMRCHECK_LIBLLVM})
endif()
