# cmake --install and the Debian package (cpack -G DEB): the program, the plugin, the manual, completion for three shells,
# the CMake module for users, and what editors and hooks need.
include(CMakePackageConfigHelpers)
set(share ${CMAKE_INSTALL_DATADIR}/nmrcheck)

# The manual and the completion come from the program's own table of options.
set(made ${CMAKE_BINARY_DIR}/install)
file(MAKE_DIRECTORY ${made})
find_program(NMRCHECK_GZIP gzip)
add_custom_command(OUTPUT ${made}/nmrcheck.1
    COMMAND nmrcheck --manual -o ${made}/nmrcheck.1
    DEPENDS nmrcheck COMMENT "Writing the manual" VERBATIM)
add_custom_command(OUTPUT ${made}/nmrcheck.bash ${made}/_nmrcheck ${made}/nmrcheck.fish
    COMMAND nmrcheck --completion bash -o ${made}/nmrcheck.bash
    COMMAND nmrcheck --completion zsh -o ${made}/_nmrcheck
    COMMAND nmrcheck --completion fish -o ${made}/nmrcheck.fish
    DEPENDS nmrcheck COMMENT "Writing completion" VERBATIM)
set(written ${made}/nmrcheck.1 ${made}/nmrcheck.bash ${made}/_nmrcheck ${made}/nmrcheck.fish)
set(manual ${made}/nmrcheck.1)
if(NMRCHECK_GZIP) # as Debian wants it; -n: no time in it
    add_custom_command(OUTPUT ${made}/nmrcheck.1.gz
        COMMAND ${NMRCHECK_GZIP} -9 -n -k -f ${made}/nmrcheck.1
        DEPENDS ${made}/nmrcheck.1 VERBATIM)
    set(manual ${made}/nmrcheck.1.gz)
    list(APPEND written ${manual})
endif()
add_custom_target(manuals ALL DEPENDS ${written})

install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${made}/nmrcheck.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME nmrcheck)
install(FILES ${made}/_nmrcheck DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${made}/nmrcheck.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

write_basic_package_version_file(${made}/nmrcheck-config-version.cmake COMPATIBILITY AnyNewerVersion
                                 ARCH_INDEPENDENT)
install(FILES ${CMAKE_SOURCE_DIR}/packaging/nmrcheck-config.cmake ${made}/nmrcheck-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/nmrcheck)
install(PROGRAMS ${CMAKE_SOURCE_DIR}/scripts/hook DESTINATION ${share})
install(FILES ${CMAKE_SOURCE_DIR}/editors/nmrcheck.schema.json ${CMAKE_SOURCE_DIR}/editors/msbuild/nmrcheck.targets
        DESTINATION ${share})
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/editors/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME editors.md)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/rules/pages/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/rules)
install(FILES ${CMAKE_SOURCE_DIR}/rules/contracts/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME contracts.md)

set(CPACK_PACKAGE_NAME nmrcheck)
set(CPACK_PACKAGE_VENDOR nmrcheck)
set(CPACK_PACKAGE_CONTACT "nmrcheck developers <nmrcheck@invalid>" CACHE STRING "Name and address in packages")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "finds NMR and IRQL defects in Windows drivers")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Static checker for the use of the Network Module Registrar and of IRQLs in
Windows kernel drivers. It judges a driver as a whole, needs no driver kit, and
comes with a Clang plugin, a language server and a pre-commit hook.")
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS git)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS clang-${NMRCHECK_LLVM_VERSION})
include(CPack)
