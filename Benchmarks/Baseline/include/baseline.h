#ifndef CHARGEHOST_BASELINE_H
#define CHARGEHOST_BASELINE_H

/* A Modbus TCP server on libmodbus in a process of its own, for one client after the other.
   Returns its process id and the port it listens on, or -1. */
int baseline_server_start(int *port);
void baseline_server_stop(int pid);

/* Nanoseconds for `rounds` rounds of the reads (function, address, count) × `reads`, on one connection; -1 on error. */
long long baseline_reads(int port, int rounds, const int (*requests)[3], int reads);
#endif
