auto a = u8"_i--p._tcp";
