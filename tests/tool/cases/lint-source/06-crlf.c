// x
auto a = "_i--p._tcp";
