auto a = "_a-name-of-16-chr._tcp";
