#ifndef CHARGEHOST_CWEBSOCKETS_SHIM_H
#define CHARGEHOST_CWEBSOCKETS_SHIM_H
#include <errno.h>
#include <fcntl.h>
#include <libwebsockets.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* Macros and flags with casts or shifts, which Swift does not import. */
static const int CH_LWS_PRE = LWS_PRE;
static const uint64_t CH_LWS_EXPLICIT_VHOSTS = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
static const int CH_LWS_NO_LISTEN = CONTEXT_PORT_NO_LISTEN;
static const int CH_LWS_KILL_SYNC = LWS_TO_KILL_SYNC;
static const int CH_LWS_KILL_ASYNC = LWS_TO_KILL_ASYNC;
static const enum lws_write_protocol CH_LWS_WRITE_RAW = LWS_WRITE_RAW;
static const int CH_LWS_LOG_LEVELS = LLL_ERR | LLL_WARN;
static const int CH_LWS_LOG_ERROR = LLL_ERR;
static const int CH_F_DUPFD_CLOEXEC = F_DUPFD_CLOEXEC;
static const int CH_SOCK_STREAM_FLAGS = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
static const int CH_SOCK_FLAGS = SOCK_CLOEXEC | SOCK_NONBLOCK;
static const int CH_MSG_FLAGS = MSG_NOSIGNAL | MSG_DONTWAIT;

/* glibc declares these only for _GNU_SOURCE, which Swift's module of it does not set. */
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pthread_setname_np(pthread_t, const char *);
#endif
