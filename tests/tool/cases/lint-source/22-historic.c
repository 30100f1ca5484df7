auto a = "_www-http._tcp";
