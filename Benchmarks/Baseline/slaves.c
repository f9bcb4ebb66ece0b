#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "baseline.h"
#include "ending.h"

/* Charge points in C: each makes its next call when the one before was answered, and answers what it is asked. */

enum { ROOM = 16384, WARM = 12, TOGETHER = 50 };

struct point {
    int socket;
    int done;    /* calls answered so far, boot and heartbeats first */
    int is_open; /* the handshake is over */
    size_t length;
    char bytes[ROOM];
};

static int wanted;

static void fail(const char *why) {
    fprintf(stderr, "charge points: %s\n", why);
    _exit(1);
}

static void put(struct point *point, const void *bytes, size_t count) {
    if (send(point->socket, bytes, count, MSG_NOSIGNAL) != (ssize_t)count) fail("nothing can be sent");
}

/* A masked frame; the mask is 0, so that masking costs nobody anything. */
static void say(struct point *point, int opcode, const char *text, size_t count) {
    unsigned char frame[1024] = {(unsigned char)(0x80 | opcode)};
    size_t head = count < 126 ? 2 : 4;
    if (count + 8 > sizeof frame) fail("too long");
    frame[1] = (unsigned char)(0x80 | (count < 126 ? count : 126));
    if (head == 4) frame[2] = (unsigned char)(count >> 8), frame[3] = (unsigned char)count;
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, count);
    put(point, frame, head + 4 + count);
}

static void call(struct point *point) {
    char text[256];
    const char *action = point->done == 0 ? "BootNotification" : point->done <= WARM ? "Heartbeat" : "StatusNotification";
    const char *payload =
        point->done == 0      ? "{\"chargePointVendor\":\"V\",\"chargePointModel\":\"M\"}"
        : point->done <= WARM ? "{}"
                              : "{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\","
                                "\"timestamp\":\"2026-11-21T08:30:00Z\"}";
    int count = snprintf(text, sizeof text, "[2,\"%d\",\"%s\",%s]", point->done, action, payload);
    say(point, 1, text, (size_t)count);
}

/* Takes a message; whether it was the answer that was waited for. */
static int take(struct point *point, const char *text, size_t count) {
    char id[64], action[64] = "", answer[128];
    char copy[256];
    size_t kept = count < sizeof copy - 1 ? count : sizeof copy - 1;
    memcpy(copy, text, kept);
    copy[kept] = 0;
    int kind = 0;
    if (sscanf(copy, " [ %d , \"%63[^\"]\" , \"%63[^\"]", &kind, id, action) < 2) fail(copy);
    if (kind == 2) {
        int length = snprintf(answer, sizeof answer, "[3,\"%s\",%s]", id,
                              strcmp(action, "GetConfiguration") == 0 ? "{}" : "{\"status\":\"Rejected\"}");
        say(point, 1, answer, (size_t)length);
        return 0;
    }
    if (kind != 3) fail(copy);
    return atoi(id) == point->done;
}

/* Takes what has come; how many answers there were among it. */
static int serve(struct point *point) {
    int answers = 0;
    ssize_t more = recv(point->socket, point->bytes + point->length, ROOM - point->length, 0);
    if (more <= 0) fail("the connection was closed");
    point->length += (size_t)more;
    if (!point->is_open) {
        char *end = memmem(point->bytes, point->length, "\r\n\r\n", 4);
        if (!end) return 0;
        if (memcmp(point->bytes, "HTTP/1.1 101", 12) != 0) fail("no WebSocket");
        size_t head = (size_t)(end + 4 - point->bytes);
        memmove(point->bytes, end + 4, point->length -= head);
        point->is_open = 1;
        call(point);
    }
    for (;;) {
        const unsigned char *bytes = (unsigned char *)point->bytes;
        if (point->length < 2) return answers;
        size_t head = bytes[1] < 126 ? 2 : 4, count = bytes[1];
        if (bytes[1] > 126) fail("a message is too long");
        if (head == 4 && point->length < 4) return answers;
        if (head == 4) count = (size_t)bytes[2] << 8 | bytes[3];
        if (point->length < head + count) {
            if (head + count > ROOM) fail("a message is too long");
            return answers;
        }
        int opcode = bytes[0] & 15;
        if (opcode == 1 && take(point, point->bytes + head, count)) {
            point->done++;
            answers++;
            if (point->done < wanted) call(point);
        }
        if (opcode == 9) say(point, 10, point->bytes + head, count);
        if (opcode == 8) fail("the other side closes");
        memmove(point->bytes, point->bytes + head + count, point->length -= head + count);
    }
}

static void join(struct point *point, int port, int number, int poll) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char text[512];
    int one = 1;
    point->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(point->socket, (struct sockaddr *)&address, sizeof address) < 0) fail("no connection");
    setsockopt(point->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    int count = snprintf(text, sizeof text,
                         "GET /BOX%d HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n",
                         number, port);
    put(point, text, (size_t)count);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = point};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, point->socket, &event) < 0) fail("epoll");
}

/* Serves until so many answers have come. */
static void run(int poll, long answers) {
    struct epoll_event events[64];
    while (answers > 0) {
        int count = epoll_wait(poll, events, 64, 60000);
        if (count <= 0) fail("no answer comes");
        for (int i = 0; i < count; i++) answers -= serve(events[i].data.ptr);
    }
}

/* Connects, makes the calls, tells the rate, and holds the connections until `control` is closed. */
static void work(int port, int connections, int calls, int report, int control) {
    struct point *points = calloc((size_t)connections, sizeof *points);
    int poll = epoll_create1(0);
    if (points == NULL || poll < 0) fail("no memory");
    wanted = 1 + WARM;
    for (int start = 0; start < connections; start += TOGETHER) {
        int end = start + TOGETHER < connections ? start + TOGETHER : connections;
        for (int i = start; i < end; i++) join(&points[i], port, i, poll);
        run(poll, (long)(end - start) * wanted);
    }
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    wanted += calls;
    if (calls > 0) {
        for (int i = 0; i < connections; i++) call(&points[i]);
        run(poll, (long)connections * calls);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    double rate = (double)connections * calls / seconds;
    if (write(report, &rate, sizeof rate) != sizeof rate) _exit(1);
    char byte;
    while (read(control, &byte, 1) > 0) {}
    _exit(0);
}

int slaves_start(int port, int connections, int calls, int *report, int *control) {
    int results[2], orders[2];
    if (pipe2(results, O_CLOEXEC | O_NONBLOCK) < 0 || pipe2(orders, O_CLOEXEC) < 0) return -1;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        dup2(results[1], 3 + 100);
        dup2(orders[0], 4 + 100);
        close_range(3, 102, 0);
        close_range(105, ~0U, 0);
        end_when_closed(4 + 100, parent);
        work(port, connections, calls, 3 + 100, 4 + 100);
    }
    close(results[1]);
    close(orders[0]);
    *report = results[0];
    *control = orders[1];
    return pid;
}

void slaves_stop(int pid, int report, int control) {
    close(control);
    close(report);
    waitpid(pid, NULL, 0);
}
