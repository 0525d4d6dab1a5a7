// agents/virtual/quota_parameters.h - the main.cf parameters of what Maildirs of virtual(8) may hold.
//
// Not Postfix's own: these are the names that the VDA patch has made known.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::virtual_agent {

inline const Parameter<bool> virtual_maildir_extended{{
    .name = "virtual_maildir_extended",
    .default_text = "no",
    .summary = "Maildirs have a quota, which the maildirsize file of Maildir++ keeps account of",
}};
inline const Parameter<std::string> virtual_mailbox_limit_maps{{
    .name = "virtual_mailbox_limit_maps",
    .summary = "tables of what each mailbox may hold: bytes, or as 1000000S,500C bytes and messages",
}};
inline const Parameter<bool> virtual_mailbox_limit_override{{
    .name = "virtual_mailbox_limit_override",
    .default_text = "no",
    .summary = "virtual_mailbox_limit_maps may allow more than virtual_mailbox_limit",
}};
inline const Parameter<bool> virtual_mailbox_limit_inbox{{
    .name = "virtual_mailbox_limit_inbox",
    .default_text = "no",
    .summary = "folders of a Maildir do not count",
}};
inline const Parameter<bool> virtual_overquota_bounce{{
    .name = "virtual_overquota_bounce",
    .default_text = "no",
    .summary = "return mail for a Maildir that has no room; otherwise it waits",
}};
inline const Parameter<std::string> virtual_maildir_limit_message{{
    .name = "virtual_maildir_limit_message",
    .default_text = "the mailbox of this user is full, please try again later",
    .least = 1,
    .summary = "what senders are told of a Maildir that has no room",
}};
inline const Parameter<std::string> virtual_maildir_limit_message_maps{{
    .name = "virtual_maildir_limit_message_maps",
    .summary = "tables of what senders are told instead, by recipient",
}};
inline const Parameter<std::string> virtual_maildir_suffix{{
    .name = "virtual_maildir_suffix",
    .summary = "put behind the path of a Maildir that virtual_mailbox_maps names",
}};
inline const Parameter<bool> virtual_trash_count{{
    .name = "virtual_trash_count",
    .default_text = "no",
    .summary = "the folder virtual_trash_name counts like others",
}};
inline const Parameter<std::string> virtual_trash_name{{
    .name = "virtual_trash_name",
    .default_text = ".Trash",
    .least = 1,
    .summary = "folder of removed messages",
}};

}  // namespace postrider::virtual_agent
