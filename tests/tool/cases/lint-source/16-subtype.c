auto a = "_printer._sub._ipp._tcp";
