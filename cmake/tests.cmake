# ctest: unit tests of the C core (checker/tests/test_*.c), one test for each folder of testcases/ named for a rule, and
# the scripts testcases/AREA/run.sh. Labels: unit, cases, and the areas (plugin, sarif, lsp, hook, html, ...).
set(cases ${CMAKE_SOURCE_DIR}/testcases)

file(GLOB unit_tests CONFIGURE_DEPENDS ${checker}/tests/test_*.c)
file(GLOB fuzz_targets CONFIGURE_DEPENDS ${checker}/tests/fuzz_*.c)
file(GLOB unit_helpers CONFIGURE_DEPENDS ${checker}/tests/*.c)
if(unit_tests OR fuzz_targets)
    list(REMOVE_ITEM unit_helpers ${unit_tests} ${fuzz_targets})
endif()

if(NMRCHECK_TESTS AND unit_tests)
    pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)
    nc_library(nc_test_helpers SOURCES ${unit_helpers} LINK nc_model PkgConfig::cmocka)
    foreach(source ${unit_tests})
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${source})
        set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
        target_compile_definitions(${name} PRIVATE NC_TEST_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        target_link_libraries(${name} PRIVATE nc_test_helpers nc_project nc_analysis nc_fixes nc_report nc_model PkgConfig::cmocka)
        list(APPEND unit_targets ${name})
        add_test(NAME unit.${name} COMMAND ${name})
        set_tests_properties(unit.${name} PROPERTIES LABELS unit)
    endforeach()
    add_custom_target(unit_tests ALL DEPENDS ${unit_targets})
endif()
if(NMRCHECK_FUZZ)
    foreach(source ${fuzz_targets})
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} ${source})
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        target_link_libraries(${name} PRIVATE nc_project nc_analysis nc_fixes nc_report nc_model)
    endforeach()
endif()

# One test for each folder, not for each case: a run starts once and takes all of them.
function(nc_case_folder prefix folder)
    get_filename_component(name ${folder} NAME)
    add_test(NAME ${prefix}.${name} COMMAND nmrcheck --verify ${folder})
    set_tests_properties(${prefix}.${name} PROPERTIES LABELS cases)
endfunction()
if(TARGET nmrcheck)
    file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${cases}/nmr-* ${cases}/irql-* ${cases}/silent*)
    foreach(folder ${folders})
        nc_case_folder(cases ${folder})
    endforeach()
    # A collection of cases beside the checkout, where there is one.
    file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${CMAKE_SOURCE_DIR}/../shared/cases/*)
    foreach(folder ${folders})
        if(IS_DIRECTORY ${folder})
            nc_case_folder(shared ${folder})
        endif()
    endforeach()
endif()

# A made driver with all kinds of unit, once correct and once with a defect in each unit.
if(TARGET nmrcheck)
    set(made ${CMAKE_BINARY_DIR}/made-driver)
    foreach(defects 0 5)
        add_test(NAME driver.make${defects} COMMAND Python3::Interpreter -B ${CMAKE_SOURCE_DIR}/scripts/make_driver.py 5
                 --out ${made}${defects} --defects ${defects})
        set_tests_properties(driver.make${defects} PROPERTIES LABELS cases FIXTURES_SETUP made${defects})
        add_test(NAME driver.made${defects} COMMAND nmrcheck --verify ${made}${defects})
        set_tests_properties(driver.made${defects} PROPERTIES LABELS cases FIXTURES_REQUIRED made${defects})
    endforeach()
endif()

# Areas that have a script of their own: run.sh gets the program's path as its argument, and in the environment NMRCHECK
# (the same), NMRCHECK_PLUGIN, NMRCHECK_BUILD, NMRCHECK_HEADERS (the generated header model) and CLANG.
if(TARGET nmrcheck)
    file(GLOB area_scripts CONFIGURE_DEPENDS ${cases}/*/run.sh)
    foreach(script ${area_scripts})
        get_filename_component(folder ${script} DIRECTORY)
        get_filename_component(area ${folder} NAME)
        if(area MATCHES "^(plugin|tidy)$" AND NOT TARGET nmrcheck_plugin)
            continue()
        endif()
        add_test(NAME ${area} COMMAND bash ${script} $<TARGET_FILE:nmrcheck> WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
        set_tests_properties(${area} PROPERTIES LABELS ${area} TIMEOUT 900 SKIP_RETURN_CODE 77 ENVIRONMENT
            "XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/test-cache;NMRCHECK=$<TARGET_FILE:nmrcheck>;NMRCHECK_PLUGIN=${CMAKE_BINARY_DIR}/nmrcheck.so;NMRCHECK_BUILD=${CMAKE_BINARY_DIR};NMRCHECK_HEADERS=${CMAKE_BINARY_DIR}/headers;CLANG=clang-${NMRCHECK_LLVM_VERSION}")
    endforeach()
endif()
if(NC_HEADERS_SOURCE AND EXISTS ${cases}/headers/check_headers.sh)
    add_test(NAME headers.parse COMMAND sh ${cases}/headers/check_headers.sh clang-${NMRCHECK_LLVM_VERSION}
             ${CMAKE_BINARY_DIR}/headers)
    set_tests_properties(headers.parse PROPERTIES LABELS headers TIMEOUT 900)
    add_test(NAME headers.annotations COMMAND sh ${cases}/headers/check_annotations.sh clang-${NMRCHECK_LLVM_VERSION}
             ${CMAKE_BINARY_DIR}/headers)
    set_tests_properties(headers.annotations PROPERTIES LABELS headers)
endif()

# A minute of fuzzing, in a build of its own. 77: no libFuzzer here.
if(TARGET nmrcheck AND NOT NMRCHECK_SANITIZE AND NOT NMRCHECK_FUZZ)
    add_test(NAME fuzz COMMAND ${CMAKE_SOURCE_DIR}/scripts/fuzz 15)
    set_tests_properties(fuzz PROPERTIES LABELS fuzz TIMEOUT 1200 SKIP_RETURN_CODE 77 ENVIRONMENT
        "NMRCHECK=$<TARGET_FILE:nmrcheck>;NMRCHECK_LLVM_VERSION=${NMRCHECK_LLVM_VERSION}")
endif()
