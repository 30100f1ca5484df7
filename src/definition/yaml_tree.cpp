// YamlTree: built from yaml-cpp's events, so that neither depth nor aliases cost more than bytes.
// SPDX-License-Identifier: Apache-2.0
#include "definition/yaml_tree.hpp"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "core/trim.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

/// Thrown through yaml-cpp to end its work.
struct TooManyNodes {
  std::size_t at;
};
struct SecondDocument {
  std::size_t at;
};

/// Where more brackets are open than any document has: yaml-cpp would keep a token of each before
/// it counts them. Those in strings and comments are counted too, which does no harm.
std::size_t find_too_deep(std::string_view document) {
  constexpr std::size_t most = 10'000;
  std::size_t open = 0;
  for (std::size_t at = 0; at < document.size(); ++at) {
    const char c = document[at];
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && open > 0) --open;
    if (open > most) return at;
  }
  return document.npos;
}

}  // namespace

class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  YamlTreeBuilder(YamlTree& tree, std::string_view document, std::size_t base)
      : nodes_(tree.nodes_), document_(document), base_(base) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!nodes_.empty()) throw SecondDocument{offset(mark)};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(YamlNode::Kind::null, mark, anchor);
  }
  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    if (!open_.empty() && anchor < anchors_.size()) link(anchors_[anchor]);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode& node = nodes_[add(YamlNode::Kind::scalar, mark, anchor)];
    node.value = value;
    node.plain = tag == "?";
    const std::size_t at = node.at - base_;
    if (at < document_.size() && (document_[at] == '"' || document_[at] == '\'')) quote_ = at;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open_.push_back(add(YamlNode::Kind::sequence, mark, anchor));
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open_.push_back(add(YamlNode::Kind::mapping, mark, anchor));
  }
  void OnMapEnd() override { open_.pop_back(); }

  /// Where a quoted text begins that has no end, or npos: yaml-cpp lets the file end it.
  std::size_t open_quote() const {
    if (quote_ == document_.npos) return document_.npos;
    const char quote = document_[quote_];
    for (std::size_t at = quote_ + 1; at < document_.size(); ++at) {
      if (document_[at] == quote) return document_.npos;  // or one half of '': good enough
      if (document_[at] == '\\' && quote == '"') ++at;
    }
    return quote_;
  }

  std::size_t offset(const YAML::Mark& mark) const {
    return base_ + static_cast<std::size_t>(mark.pos < 0 ? 0 : mark.pos);
  }

 private:
  void link(YamlTree::Index node) { nodes_[open_.back()].children.push_back(node); }

  YamlTree::Index add(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (nodes_.size() == YamlTree::max_nodes) throw TooManyNodes{offset(mark)};
    const auto index = static_cast<YamlTree::Index>(nodes_.size());
    nodes_.push_back({.kind = kind, .at = offset(mark), .value = {}, .children = {}});
    if (!open_.empty()) link(index);
    if (anchor != 0) {
      if (anchors_.size() <= anchor) anchors_.resize(anchor + 1, 0);
      anchors_[anchor] = index;
    }
    return index;
  }

  std::vector<YamlNode>& nodes_;
  std::string_view document_;
  std::size_t base_;
  std::size_t quote_ = std::string_view::npos;  ///< of the last quoted text, in the document
  std::vector<YamlTree::Index> open_;
  std::vector<YamlTree::Index> anchors_;
};

YamlFailure YamlTree::parse(const std::string& document, std::size_t base) {
  nodes_.clear();
  if (document.size() > max_yaml_document_size) {
    return {"a document of more than 4 MiB", base, true};
  }
  const std::size_t deep = find_too_deep(document);
  if (deep != std::string::npos) return {"nested too deep", base + deep, true};
  YamlTreeBuilder builder(*this, document, base);
  try {
    std::istringstream stream(document);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    const std::size_t open = builder.open_quote();
    if (open == std::string::npos) return {};
    return {"a quoted text without its end", base + open, false};
  } catch (const YAML::DeepRecursion& failure) {
    return {"nested too deep", builder.offset(failure.mark), true};
  } catch (const YAML::Exception& failure) {
    return {failure.msg, builder.offset(failure.mark), false};
  } catch (const SecondDocument& failure) {
    // Either behind "...", or text that yaml-cpp takes for a document of its own.
    if (document.find("\n...") != document.npos) return {};
    return {"this does not belong to what stands before it", failure.at, false};
  } catch (const TooManyNodes& failure) {
    return {"more than a million values in one document", failure.at, true};
  }
}

YamlTree::Index YamlTree::value(Index mapping, std::string_view key) const {
  if (mapping >= nodes_.size() || nodes_[mapping].kind != YamlNode::Kind::mapping) return none;
  const std::vector<Index>& children = nodes_[mapping].children;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    const YamlNode& found = nodes_[children[i]];
    if (found.kind == YamlNode::Kind::scalar && found.value == key) return children[i + 1];
  }
  return none;
}

YamlTree::Index YamlTree::value(Index mapping, std::string_view key, YamlNode::Kind kind) const {
  const Index found = value(mapping, key);
  return found != none && nodes_[found].kind == kind ? found : none;
}

std::string_view YamlTree::text(Index mapping, std::string_view key) const {
  const Index found = value(mapping, key, YamlNode::Kind::scalar);
  return found == none ? std::string_view() : std::string_view(nodes_[found].value);
}

namespace {

bool is_marker(std::string_view text, std::size_t at) {
  if (text.substr(at, 3) != "---") return false;
  return at + 3 == text.size() || std::string_view(" \t\r\n").find(text[at + 3]) != text.npos;
}

/// Whether a piece has more than blank lines, comments and directives.
bool has_content(std::string_view piece) {
  for (std::size_t at = 0; at < piece.size();) {
    const std::size_t end = std::min(piece.find('\n', at), piece.size());
    const std::string_view line = trimmed(piece.substr(at, end - at));
    if (!line.empty() && line[0] != '#' && line[0] != '%' && line != "---") return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

std::size_t for_each_yaml_document(
    std::string_view text, const std::function<void(std::string_view, std::size_t)>& document) {
  std::size_t start = utf8::mark_size(text);
  std::size_t count = 0;
  for (std::size_t line = start; start < text.size();) {
    line = std::min(text.find('\n', line), text.size() - 1) + 1;
    if (line < text.size() && !is_marker(text, line)) continue;
    const std::string_view piece = text.substr(start, line - start);
    if (has_content(piece)) {
      if (++count > max_yaml_documents) return start;
      document(piece, start);
    }
    start = line;
  }
  return text.npos;
}

}  // namespace srvwarden::definition
