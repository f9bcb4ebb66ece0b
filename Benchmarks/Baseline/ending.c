#define _GNU_SOURCE
#include "ending.h"

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

void end_when_closed(int end, int parent) {
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGIO);
    /* A pipe without writers gives SIGIO, which ends a process (fcntl(2), signal(7)). */
    signal(SIGIO, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    if (fcntl(end, F_SETOWN, getpid()) < 0 || fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_ASYNC) < 0) _exit(1);
    if (getppid() != parent) _exit(1);
}
