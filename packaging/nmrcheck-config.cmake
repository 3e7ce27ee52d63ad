# For users of CMake:
#
#   find_package(nmrcheck REQUIRED)
#   nmrcheck_add_check(my_driver [ARGUMENTS --strict ...])
#
# adds the target my_driver_nmrcheck, which checks the sources of my_driver with its include folders and definitions, as
# one driver, and fails on a finding. It is not part of `all`; make the driver depend on it to check in every build.
find_program(NMRCHECK_EXECUTABLE nmrcheck HINTS ${CMAKE_CURRENT_LIST_DIR}/../../../bin)
if(NOT NMRCHECK_EXECUTABLE)
    set(nmrcheck_FOUND FALSE)
    set(nmrcheck_NOT_FOUND_MESSAGE "the program nmrcheck is not on the PATH")
endif()

function(nmrcheck_add_check target)
    cmake_parse_arguments(arg "" "" "ARGUMENTS" ${ARGN})
    get_target_property(folder ${target} SOURCE_DIR)
    set(sources "$<FILTER:$<TARGET_PROPERTY:${target},SOURCES>,INCLUDE,\\.([cC]|cc|cpp|cxx)$>")
    set(includes "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    set(definitions "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
    add_custom_target(${target}_nmrcheck
        COMMAND ${NMRCHECK_EXECUTABLE} ${arg_ARGUMENTS} ${sources} --
            "$<$<BOOL:${includes}>:-I$<JOIN:${includes},;-I>>" "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},;-D>>"
        WORKING_DIRECTORY ${folder}
        COMMENT "nmrcheck ${target}"
        COMMAND_EXPAND_LISTS VERBATIM)
endfunction()
