#error "a program, not a driver"
