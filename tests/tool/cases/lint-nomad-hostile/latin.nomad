job "café" {}
