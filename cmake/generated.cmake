# Sources made at build time from rules/: the header model, the contracts, the rule pages. Each part is left out while
# its generator is not there. Sets NC_HEADERS_SOURCE, NC_CONTRACTS_SOURCE, NC_PAGES_SOURCE (empty: left out).
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(rules ${CMAKE_SOURCE_DIR}/rules)
set(NC_HEADERS_SOURCE)
set(NC_CONTRACTS_SOURCE)
set(NC_PAGES_SOURCE)

set(generator ${CMAKE_SOURCE_DIR}/scripts/generate_headers.py)
file(GLOB_RECURSE header_inputs CONFIGURE_DEPENDS ${rules}/headers/* ${rules}/data/*)
if(EXISTS ${generator} AND header_inputs)
    set(NC_HEADERS_SOURCE ${CMAKE_BINARY_DIR}/headers/embedded_headers.c)
    file(GLOB generator_parts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/header_model/*.py)
    add_custom_command(
        OUTPUT ${NC_HEADERS_SOURCE}
        COMMAND Python3::Interpreter -B ${generator} --data ${rules}/data --hand ${rules}/headers
                --out ${CMAKE_BINARY_DIR}/headers
        DEPENDS ${generator} ${generator_parts} ${header_inputs}
        COMMENT "Generating the header model" VERBATIM)
endif()

file(GLOB contractc_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/checker/analysis/contractc/*.c)
file(GLOB contract_inputs CONFIGURE_DEPENDS ${rules}/contracts/*.yaml)
if(contractc_sources AND contract_inputs)
    set(NC_CONTRACTS_SOURCE ${CMAKE_BINARY_DIR}/contracts_builtin.c)
    add_custom_command(
        OUTPUT ${NC_CONTRACTS_SOURCE}
        COMMAND contractc -o ${NC_CONTRACTS_SOURCE} ${rules}/data/ddi-irql.tsv ${contract_inputs}
        DEPENDS contractc ${rules}/data/ddi-irql.tsv ${contract_inputs}
        COMMENT "Compiling the contracts" VERBATIM)
endif()

set(generator ${CMAKE_SOURCE_DIR}/scripts/embed_pages.py)
file(GLOB page_inputs CONFIGURE_DEPENDS ${rules}/pages/*.md)
if(NOT page_inputs)
    set(NC_PAGES_SOURCE ${CMAKE_BINARY_DIR}/no_rule_pages.c)
    file(CONFIGURE OUTPUT ${NC_PAGES_SOURCE} CONTENT
         "#include \"report/rule_pages.h\"\n#include <stddef.h>\nconst char *nc_rule_page(const char *id)\n{ (void)id; return NULL; }\n")
elseif(EXISTS ${generator})
    set(NC_PAGES_SOURCE ${CMAKE_BINARY_DIR}/rule_pages.c)
    add_custom_command(
        OUTPUT ${NC_PAGES_SOURCE}
        COMMAND Python3::Interpreter -B ${generator} -o ${NC_PAGES_SOURCE} ${page_inputs}
        DEPENDS ${generator} ${page_inputs}
        COMMENT "Embedding the rule pages" VERBATIM)
endif()
