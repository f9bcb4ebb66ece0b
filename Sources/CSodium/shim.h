#ifndef CHARGEHOST_CSODIUM_SHIM_H
#define CHARGEHOST_CSODIUM_SHIM_H
#include <sodium.h>
#endif
