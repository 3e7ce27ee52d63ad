#error "left out of the build"
