job "j" {
  a =
}
