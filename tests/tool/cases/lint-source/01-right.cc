auto a = "_ipp._tcp";
