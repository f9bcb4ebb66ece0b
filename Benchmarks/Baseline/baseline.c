#define _GNU_SOURCE
#include "baseline.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ending.h"

/* Floats between 230 and 231 in every even pair of registers; each time they are asked for they are a little larger. */
static void change(modbus_mapping_t *map, const uint8_t *query) {
    static uint16_t time;
    uint16_t *words = query[7] == 4 ? map->tab_input_registers : map->tab_registers;
    int address = query[8] << 8 | query[9], count = query[10] << 8 | query[11];
    time++;
    for (int i = address | 1; i < address + count && i < 65535; i += 2) words[i] = (uint16_t)(i * 40503) + time;
}

static void serve(int listener) {
    modbus_mapping_t *map = modbus_mapping_new_start_address(0, 0, 0, 0, 0, 65535, 0, 65535);
    modbus_t *ctx = modbus_new_tcp("127.0.0.1", 0);
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    if (map == NULL || ctx == NULL) _exit(1);
    for (int i = 0; i < 65535; i++) map->tab_registers[i] = map->tab_input_registers[i] = 0x4366;
    for (;;) {
        if (modbus_tcp_accept(ctx, &listener) < 0) _exit(1);
        for (;;) {
            int length = modbus_receive(ctx, query);
            if (length < 0) break;
            if (length > 0) {
                change(map, query);
                modbus_reply(ctx, query, length, map);
            }
        }
        modbus_close(ctx);
    }
}

int baseline_server_start(int *port, int *life) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 8) < 0) return -1;
    getsockname(listener, (struct sockaddr *)&address, &size);
    *port = ntohs(address.sin_port);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(listener, 103);
        dup2(ends[0], 104);
        close_range(3, 102, 0);
        close_range(105, ~0U, 0);
        end_when_closed(104, parent);
        serve(103);
    }
    close(listener);
    close(ends[0]);
    *life = ends[1];
    return pid;
}

void baseline_server_stop(int pid, int life) {
    if (pid <= 0) return;
    close(life);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

long long baseline_reads(int port, int rounds, const int (*requests)[3], int reads) {
    uint16_t words[125];
    struct timespec begin, end;
    modbus_t *ctx = modbus_new_tcp("127.0.0.1", port);
    if (ctx == NULL || modbus_connect(ctx) < 0) return -1;
    modbus_set_slave(ctx, 1);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int r = 0; r < rounds; r++) {
        for (int i = 0; i < reads; i++) {
            const int *q = requests[i];
            int n = q[0] == 4 ? modbus_read_input_registers(ctx, q[1], q[2], words)
                              : modbus_read_registers(ctx, q[1], q[2], words);
            if (n != q[2]) return -1;
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    modbus_close(ctx);
    modbus_free(ctx);
    return (end.tv_sec - begin.tv_sec) * 1000000000LL + (end.tv_nsec - begin.tv_nsec);
}
