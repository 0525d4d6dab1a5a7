// lib/mail/idna.h - how internationalized domain names are encoded.
#pragma once

namespace postrider::mail {

// From now on, for domain_to_ascii() and domain_to_utf8() of this process: IDNA2003's encoding of the four
// characters that IDNA2008 made names of their own (UTS 46, "transitional").
void set_idna2003_compatibility(bool enabled);

}  // namespace postrider::mail
