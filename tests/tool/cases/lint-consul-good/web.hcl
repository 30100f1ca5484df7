service {
  id      = "web-1"
  name    = "web"
  port    = 80
  tags    = ["primary", "v1"]
  address = "10.0.0.1"

  check {
    id       = "http"
    name     = "HTTP on port 80"
    http     = "http://localhost:80/health" // plain
    interval = "10s"
  }
}
