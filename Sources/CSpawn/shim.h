// What glibc has for starting processes and Swift's Glibc module does not show: it is built without _GNU_SOURCE.
#pragma once

#include <errno.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

static const int spawn_eventfd_flags = EFD_NONBLOCK | EFD_CLOEXEC;

// pidfd_open(2), Linux 5.3; its descriptors are closed on exec. -1 on an older one.
static inline int spawn_pidfd_open(pid_t process) {
    extern long syscall(long number, ...);
    return (int)syscall(434, process, 0);
}
