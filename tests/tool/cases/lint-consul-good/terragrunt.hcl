inputs = { service = { name = "a_b", port = 1 } }
