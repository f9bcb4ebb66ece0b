#ifndef CHARGEHOST_CMODBUS_SHIM_H
#define CHARGEHOST_CMODBUS_SHIM_H
#include <errno.h>
#include <modbus/modbus.h>

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
#endif
