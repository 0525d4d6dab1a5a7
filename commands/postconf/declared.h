// commands/postconf/declared.h - the parameters that programs of the suite declare.
#pragma once

namespace postrider::postconf {

// Makes sure that the declarations of all programs are part of this one.
void declare_all_parameters();

}  // namespace postrider::postconf
