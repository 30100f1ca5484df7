int a = 1'000; auto b = "_i--p._tcp";
