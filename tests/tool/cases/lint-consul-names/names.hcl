service {
  name = "my_app"
  port = 80
}
