// TextBuilder: a text is verbatim if its octets are neighbours in the file and unchanged.
// SPDX-License-Identifier: Apache-2.0
#include "definition/text_builder.hpp"

#include <utility>

namespace srvwarden::definition {

void TextBuilder::copy(std::string_view bytes, std::size_t at) {
  if (!offsets_.empty() && at != end_) same_bytes_ = false;
  value_ += bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) offsets_.push_back(at + i);
  end_ = at + bytes.size();
}

void TextBuilder::decoded(std::string_view octets, std::size_t at, std::size_t length) {
  same_bytes_ = false;
  value_ += octets;
  offsets_.insert(offsets_.end(), octets.size(), at);
  end_ = at + length;
}

void TextBuilder::decode_tail(std::size_t from, std::string_view octets) {
  const std::size_t at = offset(from);
  const std::size_t end = end_;
  value_.resize(from);
  offsets_.resize(from);
  decoded(octets, at, end - at);
}

void TextBuilder::truncate(std::size_t size) {
  if (size >= value_.size()) return;
  end_ = offsets_[size];
  value_.resize(size);
  offsets_.resize(size);
}

DefinitionText TextBuilder::finish(const Source& source, std::size_t empty_at) {
  DefinitionText text;
  const std::size_t start = offsets_.empty() ? empty_at : offsets_.front();
  text.at = source.place(start);
  text.length = offsets_.empty() ? 0 : end_ - start;
  text.present = true;
  text.verbatim = same_bytes_ || value_.empty();
  if (!text.verbatim) {
    text.offsets = std::move(offsets_);
    text.offsets.push_back(end_);
  }
  text.value = std::move(value_);
  *this = TextBuilder();
  return text;
}

}  // namespace srvwarden::definition
