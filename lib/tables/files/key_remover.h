// lib/tables/files/key_remover.h - a table that keys are taken out of: postmap -d.
#pragma once

#include <memory>
#include <string>

#include "lib/tables/files/map_command.h"

namespace postrider::tables {

class KeyRemover {
  public:
    virtual ~KeyRemover() = default;
    // False: the key was not there.
    virtual Result<bool> remove(const std::string& key) = 0;
    // What was removed is gone for those who look at the table.  Fatal when that fails.
    virtual void commit() {}
};

// Fatal when nothing can be taken out of the table.
std::unique_ptr<KeyRemover> open_key_remover(const std::string& text, const MapOptions& options,
                                             const Settings& settings);

}  // namespace postrider::tables
