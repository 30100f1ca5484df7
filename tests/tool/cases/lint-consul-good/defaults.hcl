Kind = "service-defaults"
Name = "my_web"
Protocol = "http"
