/*
 * What the compiler's own runtime (libstdc++, libgcc) asks of a glibc newer than the desktops we ship to (UOS 20: 2.28).
 * Hidden in the addon; each does what the runtime falls back to on an old system.
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc 2.32: "no other thread runs" is only a hint to be quicker. */
char __libc_single_threaded = 0;

/* glibc 2.25 */
int getentropy(void *to, size_t length) {
  return syscall(SYS_getrandom, to, length, 0) == (long)length ? 0 : -1;
}

/* glibc 2.36 */
uint32_t arc4random(void) {
  uint32_t number = 0;
  while (getentropy(&number, sizeof number) != 0) continue;
  return number;
}

/* glibc 2.35: "not found" sends the unwinder its old way, dl_iterate_phdr. */
int _dl_find_object(void *address, void *result) {
  (void)address;
  (void)result;
  return -1;
}
