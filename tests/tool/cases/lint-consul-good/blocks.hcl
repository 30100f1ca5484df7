services {
  name = "a"
  port = 1
}
services {
  name = "b"
  port = 2
}
