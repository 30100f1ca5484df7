job "j" {
  group "g" {
    service { name = "my_app" }
    service { name = "my.app" }
    service { name = "-web" }
    service { name = "web-" }
    service { name = "my app" }
    service { name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
    task "t" {
      service {
        name = "café" # no ASCII
      }
    }
  }
}
