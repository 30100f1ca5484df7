auto a = R"x(_i--p._tcp)x";
