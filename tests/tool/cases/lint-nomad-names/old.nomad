job "j" {
  group "g" {
    task "t" {
      service = [{ name = "a_b", port = "http" }, { name = "c" }]
    }
  }
}
