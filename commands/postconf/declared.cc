// commands/postconf/declared.cc - the parameters that programs of the suite declare.
//
// Including a parameters.h registers what it declares, so that postconf(1) prints the very defaults that
// programs use.  The Makefile writes the list of these headers.
#include "commands/postconf/declared.h"

#include "all_parameter_headers.inc"

namespace postrider::postconf {

void declare_all_parameters() {}

}  // namespace postrider::postconf
