job "j" {
  a = <<EOF
x
}
