service { name = "NOT_OURS" }
