service { name = "NOT_OURS" port = 1 }
