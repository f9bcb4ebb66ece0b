#ifndef CHARGEHOST_BASELINE_H
#define CHARGEHOST_BASELINE_H

/* A Modbus TCP server on libmodbus in a process of its own, for one client after the other.
   Returns its process id and the port it listens on, or -1. It ends when `life` is closed, as it is with this process. */
int baseline_server_start(int *port, int *life);
void baseline_server_stop(int pid, int life);

/* Nanoseconds for `rounds` rounds of the reads (function, address, count) × `reads`, on one connection; -1 on error. */
long long baseline_reads(int port, int rounds, const int (*requests)[3], int reads);

/* Charge points in a process of their own that connect to a central system on 127.0.0.1, boot, and then make `calls` calls
   each, the next one when the one before was answered. `report` gives one double, the calls answered in a second, when all
   are made; then the connections are held until `slaves_stop`. Returns the process id, or -1. */
int slaves_start(int port, int connections, int calls, int *report, int *control);
void slaves_stop(int pid, int report, int control);
#endif
