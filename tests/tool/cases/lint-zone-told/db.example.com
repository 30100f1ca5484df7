www A 192.0.2
