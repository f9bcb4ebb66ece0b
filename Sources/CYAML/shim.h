#ifndef CHARGEHOST_CYAML_SHIM_H
#define CHARGEHOST_CYAML_SHIM_H
#include <yaml.h>
#endif
