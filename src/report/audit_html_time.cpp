// The time line: packets as bars, and lanes for what else happens, a mark a bucket at most.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>

#include "core/concat.hpp"
#include "report/audit_html_parts.hpp"
#include "report/html_text.hpp"

namespace srvwarden::report {

namespace {

using census::Activity;
using census::ActivityBucket;
using census::Talker;

/// A storm: so many packets of one sender in one bucket, so many a second.
constexpr std::uint32_t storm_packets = 100;
constexpr double storm_rate = 50;

constexpr double chart_left = 110, chart_width = 840, bars_top = 24, bars_height = 96;
constexpr double lanes_top = 134, lane_height = 18;

const Talker& busiest(const ActivityBucket& bucket) noexcept {
  return *std::ranges::max_element(bucket.talkers, {}, &Talker::packets);
}

double seconds(wire::Time::duration time) noexcept {
  return std::chrono::duration<double>(time).count();
}

std::uint32_t storm_of(const ActivityBucket& bucket, wire::Time::duration width) noexcept {
  const std::uint32_t packets = busiest(bucket).packets;
  return packets >= storm_packets && packets >= storm_rate * seconds(width) ? packets : 0;
}

/// "3.5"; without a fraction where there is none.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  std::string out = text;
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out;
}

struct Lane {
  std::string_view name;
  std::uint32_t (*count)(const ActivityBucket&, wire::Time::duration width);
};
constexpr std::array<Lane, 4> lanes = {{
    {"announcements", [](const ActivityBucket& b, auto) { return b.announcements; }},
    {"goodbyes", [](const ActivityBucket& b, auto) { return b.goodbyes; }},
    {"conflicts", [](const ActivityBucket& b, auto) { return b.conflicts; }},
    {"storms", storm_of},
}};

class TimeLine {
 public:
  TimeLine(std::string& page, const Activity& activity)
      : page_(page),
        activity_(activity),
        buckets_(activity.buckets()),
        width_(activity.width()),
        step_(chart_width / static_cast<double>(std::max<std::size_t>(buckets_.size(), 1))) {}

  void draw() {
    std::uint32_t most = 1;
    for (const ActivityBucket& bucket : buckets_) most = std::max(most, bucket.packets);
    const double height = lanes_top + lane_height * lanes.size() + 24;
    page_ += concat({"<figure><div class=\"wide\"><svg class=\"time\" viewBox=\"0 0 960 ",
                     number(height),
                     "\" role=\"img\" aria-label=\"Packets, announcements, goodbyes, conflicts and "
                     "storms by time; the table below tells what stands out\">\n"});
    text(chart_left, 14, concat({std::to_string(most), " packets in ", span()}), "start");
    rectangle("frame", chart_left, bars_top, chart_width, bars_height);
    text(chart_left - 10, bars_top + bars_height, "packets", "end");
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      if (buckets_[i].packets == 0) continue;
      const double tall = std::max(1.0, bars_height * buckets_[i].packets / most);
      mark("packets", i, bars_top + bars_height - tall, tall, 0.2, title(buckets_[i], i));
    }
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) draw(lanes[lane], lane);
    const auto end = activity_.begin() + width_ * static_cast<std::int64_t>(buckets_.size());
    text(chart_left, height - 6, clock(activity_.begin()), "start");
    text(chart_left + chart_width, height - 6, clock(end), "end");
    page_ += "</svg></div>\n<figcaption>Each bar is " + span() +
             " wide. A storm is one sender's 100 packets or more in that time, and 50 a second or "
             "more; a conflict, a record that contradicts another host's.</figcaption></figure>\n";
  }

  void tabulate() {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      if (buckets_[i].conflicts > 0 || storm_of(buckets_[i], width_) > 0) rows.push_back(i);
    }
    if (rows.empty()) {
      page_ += "<p>No conflict and no storm was seen.</p>\n";
      return;
    }
    page_ +=
        "<details><summary>Conflicts and storms as a table</summary><div class=\"wide\">"
        "<table class=\"sortable\"><caption>When there were conflicts or "
        "storms</caption><thead><tr>"
        "<th scope=\"col\">From</th><th scope=\"col\" class=\"number\">Packets</th>"
        "<th scope=\"col\" class=\"number\">Conflicts</th><th scope=\"col\">Busiest sender</th>"
        "</tr></thead><tbody>\n";
    for (const std::size_t i : rows) {
      page_ += concat({"<tr>", "<td>", html_time(begin_of(i)), "</td>",
                       html_element("td", "number", std::to_string(buckets_[i].packets)),
                       html_element("td", "number", std::to_string(buckets_[i].conflicts)),
                       html_element("td", "", busiest_words(buckets_[i])), "</tr>\n"});
    }
    page_ += "</tbody></table></div></details>\n";
  }

 private:
  void draw(const Lane& lane, std::size_t index) {
    const double top = lanes_top + lane_height * static_cast<double>(index);
    text(chart_left - 10, top + 11, lane.name, "end");
    std::uint32_t most = 1;
    for (const ActivityBucket& bucket : buckets_) most = std::max(most, lane.count(bucket, width_));
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      const std::uint32_t count = lane.count(buckets_[i], width_);
      if (count == 0) continue;
      const double tall = 4 + 8.0 * count / most;
      mark(lane.name, i, top + 12 - tall, tall, 0,
           concat({clock(begin_of(i)), ": ", std::to_string(count), " ", lane.name}));
    }
  }

  void mark(std::string_view style, std::size_t bucket, double top, double tall, double gap,
            const std::string& title) {
    const double width = std::max(1.5, std::min(step_ - gap, 24.0));
    page_ += concat({"<rect class=\"", style, "\" x=\"",
                     number(chart_left + step_ * static_cast<double>(bucket)), "\" y=\"",
                     number(top), "\" width=\"", number(width), "\" height=\"", number(tall), "\">",
                     html_element("title", "", title), "</rect>\n"});
  }

  void rectangle(std::string_view style, double left, double top, double width, double height) {
    page_ += concat({"<path class=\"", style, "\" d=\"M", number(left), " ", number(top + height),
                     "h", number(width), "\"/>\n"});
  }

  void text(double left, double bottom, std::string_view words, std::string_view anchor) {
    page_ += concat({"<text x=\"", number(left), "\" y=\"", number(bottom), "\" text-anchor=\"",
                     anchor, "\">", html_text(words), "</text>\n"});
  }

  std::string title(const ActivityBucket& bucket, std::size_t index) const {
    return concat({clock(begin_of(index)), ": ", counted(bucket.packets, "packet"), ", ",
                   busiest_words(bucket)});
  }

  std::string busiest_words(const ActivityBucket& bucket) const {
    const Talker& talker = busiest(bucket);
    if (talker.packets == 0) return "of many senders";
    return concat({talker.sender.text(), " sent ", std::to_string(talker.packets), " or more"});
  }

  wire::Time begin_of(std::size_t index) const {
    return activity_.begin() + width_ * static_cast<std::int64_t>(index);
  }

  /// The day is told where there are several.
  std::string clock(wire::Time time) const {
    const auto whole = width_ * static_cast<std::int64_t>(buckets_.size());
    const std::string all = time_text(time);
    const std::string day = all.substr(0, all.find('T'));
    const std::string hour = all.substr(day.size() + 1, whole > std::chrono::minutes(10) ? 8 : 10);
    return whole > std::chrono::hours(12) ? day + " " + hour : hour;
  }

  std::string span() const {
    const double width = seconds(width_);
    if (width < 120) return number(width) + " s";
    if (width < 7200) return number(width / 60) + " min";
    return number(width / 3600) + " h";
  }

  std::string& page_;
  const Activity& activity_;
  const std::vector<ActivityBucket>& buckets_;
  wire::Time::duration width_;
  double step_;  ///< between buckets
};

}  // namespace

void append_time_line(std::string& page, const Activity& activity) {
  page +=
      "<section id=\"time\" aria-labelledby=\"time-head\">\n<h2 id=\"time-head\">Time line</h2>\n";
  if (activity.buckets().empty()) {
    page += "<p>No packet was seen.</p>\n";
  } else {
    TimeLine line(page, activity);
    line.draw();
    line.tabulate();
  }
  page += "</section>\n";
}

}  // namespace srvwarden::report
