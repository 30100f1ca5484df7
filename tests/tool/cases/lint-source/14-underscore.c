auto a = "_my_forge._tcp";
