// Kills the program it is preloaded into at a point that is chosen from outside, so that the program itself knows of none.
//
// CHARGEHOST_CRASH_POINT=KIND:SIDE:N   the N-th call of a kind since the start, `before` or `after` it is made:
//   write    bytes of a database or its log are handed to the kernel
//   commit   they are made durable (fdatasync, fsync)
//   send     bytes leave on a connection with one of the ports below: a message, or the answer to one
//   receive  bytes have come on such a connection; only `after`
// CHARGEHOST_CRASH_PORTS=P,Q           the backend's port and the one slaves connect to
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, WRITE, COMMIT, SEND, RECEIVE };

static enum kind chosen;
static int is_after;
static long wanted;
static atomic_long made;
static int ports[8];
static int port_count;

__attribute__((constructor)) static void choose(void) {
    static const char *names[] = {"", "write", "commit", "send", "receive"};
    char kind[16] = "", side[16] = "";
    const char *point = getenv("CHARGEHOST_CRASH_POINT");
    if (!point || sscanf(point, "%15[^:]:%15[^:]:%ld", kind, side, &wanted) != 3) return;
    for (int i = WRITE; i <= RECEIVE; i++)
        if (strcmp(kind, names[i]) == 0) chosen = (enum kind)i;
    is_after = strcmp(side, "after") == 0;
    const char *list = getenv("CHARGEHOST_CRASH_PORTS");
    for (char *end; list && *list && port_count < 8; list = *end ? end + 1 : end)
        ports[port_count++] = (int)strtol(list, &end, 10);
}

static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

// Counts a call; whether it is the chosen one.
static int is_meant(enum kind kind) { return kind == chosen && atomic_fetch_add(&made, 1) + 1 == wanted; }

static int port_of(struct sockaddr_storage *address) {
    if (address->ss_family == AF_INET) return ntohs(((struct sockaddr_in *)address)->sin_port);
    if (address->ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)address)->sin6_port);
    return -1;
}

static int is_ours(int socket) {
    int saved = errno, found = 0;
    struct sockaddr_storage here = {0}, there = {0};
    socklen_t length = sizeof here;
    if (getsockname(socket, (struct sockaddr *)&here, &length) == 0) {
        length = sizeof there;
        if (getpeername(socket, (struct sockaddr *)&there, &length) == 0)
            for (int i = 0; i < port_count; i++) found |= port_of(&here) == ports[i] || port_of(&there) == ports[i];
    }
    errno = saved;
    return found;
}

static int is_database(int file) {
    char link[32], path[512];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, ".sqlite") != NULL;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define AROUND(kind, condition, call)             \
    if (chosen != kind || !(condition)) return call; \
    int meant = is_meant(kind);                   \
    if (meant && !is_after) die();                \
    __auto_type result = call;                    \
    if (meant) die();                             \
    return result;

int fdatasync(int file) { AROUND(COMMIT, is_database(file), NEXT(fdatasync)(file)) }

int fsync(int file) { AROUND(COMMIT, is_database(file), NEXT(fsync)(file)) }

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place) {
    AROUND(WRITE, is_database(file), NEXT(pwrite64)(file, bytes, count, place))
}

ssize_t send(int socket, const void *bytes, size_t count, int flags) {
    AROUND(SEND, is_ours(socket), NEXT(send)(socket, bytes, count, flags))
}

ssize_t recv(int socket, void *bytes, size_t count, int flags) {
    ssize_t result = NEXT(recv)(socket, bytes, count, flags);
    if (chosen == RECEIVE && result > 0 && is_ours(socket) && is_meant(RECEIVE)) die();
    return result;
}
