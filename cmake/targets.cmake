# The libraries (one for each folder of checker/), the program and the plugin.
find_package(PkgConfig REQUIRED)
foreach(module yaml-0.1 jansson libxml-2.0 libxxhash)
    string(MAKE_C_IDENTIFIER ${module} id)
    pkg_check_modules(${id} REQUIRED IMPORTED_TARGET ${module})
endforeach()
find_package(Threads REQUIRED)
set(checker ${CMAKE_SOURCE_DIR}/checker)

# nc_library(NAME LINKED_LIBRARY... SOURCES SOURCE...): nothing at all while there is no source.
function(nc_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    if(NOT arg_SOURCES)
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE nc_flags ${arg_LINK})
        return()
    endif()
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC nc_flags ${arg_LINK})
endfunction()

file(GLOB support_sources CONFIGURE_DEPENDS ${checker}/support/*.c)
file(GLOB model_sources CONFIGURE_DEPENDS ${checker}/model/*.c)
file(GLOB contract_sources CONFIGURE_DEPENDS ${checker}/analysis/contract_*.c ${checker}/analysis/contract.c)
file(GLOB analysis_sources CONFIGURE_DEPENDS ${checker}/analysis/*.c)
file(GLOB fixes_sources CONFIGURE_DEPENDS ${checker}/fixes/*.c)
file(GLOB report_sources CONFIGURE_DEPENDS ${checker}/report/*.c)
file(GLOB project_sources CONFIGURE_DEPENDS ${checker}/project/*.c)
file(GLOB frontend_sources CONFIGURE_DEPENDS ${checker}/frontend/*.cpp ${checker}/frontend/*.c)
file(GLOB tool_sources CONFIGURE_DEPENDS ${checker}/tool/*.c)
file(GLOB plugin_sources CONFIGURE_DEPENDS ${checker}/tool/plugin*.c ${checker}/tool/plugin*.cpp)
set(tidy_sources ${checker}/frontend/tidy.cpp) # an entry like the plugin's
list(REMOVE_ITEM frontend_sources ${tidy_sources})
if(contract_sources)
    list(REMOVE_ITEM analysis_sources ${contract_sources})
endif()
if(plugin_sources)
    list(REMOVE_ITEM tool_sources ${plugin_sources})
endif()
list(REMOVE_ITEM tool_sources ${checker}/tool/main.c)

nc_library(nc_support SOURCES ${support_sources} LINK PkgConfig::libxxhash Threads::Threads)
nc_library(nc_model SOURCES ${model_sources} LINK nc_support PkgConfig::libxxhash)
# The reader of contracts stands alone: contractc runs it to make the built-in ones, which then are linked in.
nc_library(nc_contracts SOURCES ${contract_sources} LINK nc_support PkgConfig::yaml_0_1)
nc_library(nc_contract_data SOURCES ${NC_CONTRACTS_SOURCE} LINK nc_support)
nc_library(nc_analysis SOURCES ${analysis_sources} LINK nc_model nc_contracts nc_contract_data nc_report nc_support m)
nc_library(nc_report SOURCES ${report_sources} ${NC_PAGES_SOURCE}
           LINK nc_support PkgConfig::jansson PkgConfig::libxml_2_0)
nc_library(nc_fixes SOURCES ${fixes_sources} LINK nc_report nc_model nc_support)
if(contractc_sources)
    add_executable(contractc ${contractc_sources})
    target_link_libraries(contractc PRIVATE nc_contracts)
endif()

# Compiled without a Clang to link: the program links Clang's shared library, the plugin finds Clang in its host.
# Clang's headers are for these sources only: the rest is the same, and cached, whatever the version of LLVM.
nc_library(nc_frontend SOURCES ${frontend_sources} ${NC_HEADERS_SOURCE} LINK nc_model)
if(frontend_sources)
    target_link_libraries(nc_frontend PRIVATE nc_clang_headers)
endif()
nc_library(nc_project SOURCES ${project_sources} LINK nc_report nc_support PkgConfig::libxml_2_0)
nc_library(nc_tool SOURCES ${tool_sources} LINK nc_project nc_frontend nc_analysis nc_fixes nc_report nc_model PkgConfig::jansson
           PkgConfig::libxml_2_0)
if(frontend_sources)
    target_precompile_headers(nc_frontend PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${CMAKE_SOURCE_DIR}/cmake/clang_pch.h>)
    target_compile_options(nc_frontend PRIVATE "$<$<COMPILE_LANG_AND_ID:CXX,Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()

if(EXISTS ${checker}/tool/main.c)
    add_executable(nmrcheck ${checker}/tool/main.c)
    target_link_libraries(nmrcheck PRIVATE nc_tool nc_clang)
    target_link_options(nmrcheck PRIVATE -Wl,--build-id) # what the cache knows a build by
    install(TARGETS nmrcheck)
endif()

# Not in the sanitizer build: the host is not instrumented.
if(plugin_sources AND frontend_sources AND NOT NMRCHECK_SANITIZE)
    add_library(nmrcheck_plugin MODULE ${plugin_sources})
    set_target_properties(nmrcheck_plugin PROPERTIES OUTPUT_NAME nmrcheck PREFIX "" SUFFIX .so)
    target_link_libraries(nmrcheck_plugin PRIVATE nc_tool nc_clang_headers)
    # Names of ours must not be taken by libraries that the host compiler has loaded (librpc has a pmap_set, too).
    target_link_options(nmrcheck_plugin PRIVATE -Wl,-Bsymbolic)
    install(TARGETS nmrcheck_plugin LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/nmrcheck)

    # clang-tidy's headers are in the same package as Clang's since LLVM 10 or so; elsewhere they may be missing.
    if(EXISTS ${llvm_include}/clang-tidy/ClangTidyModule.h)
        add_library(nmrcheck_tidy MODULE ${tidy_sources} ${checker}/tool/plugin_run.c)
        set_target_properties(nmrcheck_tidy PROPERTIES OUTPUT_NAME nmrcheck-tidy PREFIX "" SUFFIX .so)
        target_link_libraries(nmrcheck_tidy PRIVATE nc_tool nc_clang_headers)
        target_link_options(nmrcheck_tidy PRIVATE -Wl,-Bsymbolic)
        install(TARGETS nmrcheck_tidy LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/nmrcheck)
    endif()
endif()
