$TTL = 5;
www A 192.0.2
