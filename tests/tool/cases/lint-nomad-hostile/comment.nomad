/* job "j" {}
