char c = '"'; auto a = "_i--p._tcp";
