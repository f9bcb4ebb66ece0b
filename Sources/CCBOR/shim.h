#ifndef CHARGEHOST_CCBOR_SHIM_H
#define CHARGEHOST_CCBOR_SHIM_H
#include <cbor.h>
#endif
