printf("_%s._tcp", x);
