#ifndef CHARGEHOST_CMODBUS_SHIM_H
#define CHARGEHOST_CMODBUS_SHIM_H
#include <errno.h>
#include <linux/serial.h>
#include <modbus/modbus.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <time.h>

/* The EMB* codes are macros over an enumeration, which Swift does not import. */
static const int CH_EMBXILFUN = EMBXILFUN;
static const int CH_EMBXILADD = EMBXILADD;
static const int CH_EMBXILVAL = EMBXILVAL;
static const int CH_EMBXSFAIL = EMBXSFAIL;
static const int CH_EMBXACK = EMBXACK;
static const int CH_EMBXSBUSY = EMBXSBUSY;
static const int CH_EMBXNACK = EMBXNACK;
static const int CH_EMBXMEMPAR = EMBXMEMPAR;
static const int CH_EMBXGPATH = EMBXGPATH;
static const int CH_EMBXGTAR = EMBXGTAR;
static const int CH_EMBBADCRC = EMBBADCRC;
static const int CH_EMBBADDATA = EMBBADDATA;
static const int CH_EMBBADEXC = EMBBADEXC;
static const int CH_EMBUNKEXC = EMBUNKEXC;
static const int CH_EMBMDATA = EMBMDATA;
static const int CH_EMBBADSLAVE = EMBBADSLAVE;

/* glibc declares these only for _GNU_SOURCE, which Swift's module of it does not set. */
extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
extern int epoll_pwait2(int, struct epoll_event *, int, const struct timespec *, const sigset_t *);
extern int dup3(int, int, int);
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int posix_openpt(int);
extern int grantpt(int);
extern int unlockpt(int);
extern int ptsname_r(int, char *, size_t);
extern int sem_clockwait(sem_t *, clockid_t, const struct timespec *);

static const unsigned long CH_TIOCGRS485 = TIOCGRS485;
static const unsigned long CH_TIOCSRS485 = TIOCSRS485;
static const unsigned int CH_SER_RS485_ENABLED = SER_RS485_ENABLED;
static const unsigned int CH_SER_RS485_RTS_ON_SEND = SER_RS485_RTS_ON_SEND;
static const unsigned int CH_SER_RS485_RTS_AFTER_SEND = SER_RS485_RTS_AFTER_SEND;
static const unsigned int CH_SER_RS485_RX_DURING_TX = SER_RS485_RX_DURING_TX;
static const int CH_EPOLL_CLOEXEC = EPOLL_CLOEXEC;
static const unsigned int CH_EPOLLIN = EPOLLIN;
static const unsigned int CH_EPOLLOUT = EPOLLOUT;
static const unsigned int CH_EPOLLERR = EPOLLERR;
static const unsigned int CH_EPOLLHUP = EPOLLHUP;
static const unsigned int CH_EPOLLRDHUP = EPOLLRDHUP;
static const int CH_EFD_FLAGS = EFD_CLOEXEC | EFD_NONBLOCK;
static const int CH_SOCK_FLAGS = SOCK_CLOEXEC | SOCK_NONBLOCK;
#endif
