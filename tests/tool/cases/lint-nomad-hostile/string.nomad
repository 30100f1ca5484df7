job "j" {
  name = "x
}
