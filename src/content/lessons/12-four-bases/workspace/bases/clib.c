/* Asks the C library for its version. */
#include <gnu/libc-version.h>
#include <stdio.h>

int main(void) {
  printf("C library: glibc %s\n", gnu_get_libc_version());
  return 0;
}
